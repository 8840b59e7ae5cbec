#include "heed/model/attentive_layer.h"

#include <cmath>

#include "heed/ops/activate.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/attention.h"
#include "heed/ops/concat.h"
#include "heed/ops/embed.h"
#include "heed/ops/gather_rows.h"
#include "heed/ops/time_steps.h"

namespace heed {
namespace {

using Rows = std::vector<Index>;

/// The sources of the sequences that run longest first, so that those of all that still run at a step are
/// leading rows.
struct SortedSources {
  SortedSources(const AttendedSources& sources, const Rows& order) {
    Rows rows, lengths, owners;
    for (const Index sequence : order) {
      const auto [start, length] = sources.segments[sequence];
      for (Index i = 0; i < length; ++i) {
        rows.push_back(start + i);
        owners.push_back(std::ssize(lengths));
      }
      lengths.push_back(length);
    }
    segments = Segments::packed(lengths);
    keys = ops::gather_rows(sources.keys, rows);
    values = ops::gather_rows(sources.values, rows);
    owner = std::move(owners);
  }

  Segments first(Index count) const {
    return Segments(std::vector<Segment>(segments.begin(), segments.begin() + count));
  }

  Variable keys, values;
  Segments segments;
  IndexList owner;  // of each row, its sequence's number in the order
};

/// Gathers the weights of the steps into what one attention to all of them would have shown.
class WeightsOfSteps {
 public:
  WeightsOfSteps(Pass& pass, std::string_view layer, const Segments& sequences, const Segments& sources,
                 const ops::TimeSteps& time)
      : pass_(pass), layer_(layer), time_(time), observer_(pass.attention_observer()) {
    if (!observer_) return;
    weights_ = pass.backend().zeros({sequences.size(), 1, sequences.longest(), sources.longest()});
    pass.observe_attention([this](std::string_view, const Tensor& step) { add(step); });
  }
  WeightsOfSteps(const WeightsOfSteps&) = delete;
  WeightsOfSteps& operator=(const WeightsOfSteps&) = delete;
  ~WeightsOfSteps() {
    if (observer_) pass_.observe_attention(observer_);
  }

  void show() const {
    if (observer_) observer_(layer_, weights_);
  }

 private:
  void add(const Tensor& step) {
    for (Index i = 0; i < step.size(0); ++i)
      pass_.backend().copy(step.narrow(0, i, 1),
                           weights_.narrow(0, time_.order[static_cast<std::size_t>(i)], 1)
                               .narrow(2, step_, 1)
                               .narrow(3, 0, step.size(3)));
    ++step_;
  }

  Pass& pass_;
  std::string_view layer_;
  const ops::TimeSteps& time_;
  Pass::AttentionObserver observer_;
  Tensor weights_;  // [sequences, 1, longest sequence, longest source]
  Index step_ = 0;
};

Variable sorted(const Variable& x, const Rows& order) { return x ? ops::gather_rows(x, order) : x; }
Variable leading(const Variable& x, Index count) { return x ? x.narrow(0, 0, count) : x; }

}  // namespace

AttentiveLayer::AttentiveLayer(const ParameterScope& scope, RecurrentCell cell, Index inputs, Index hidden)
    : name_((scope / "attention").path()),
      layer_(scope, cell, inputs, hidden),
      context_(Linear::without_bias(scope / "context", hidden, gates_of(cell) * hidden)),
      query_(Linear::without_bias(scope / "attention" / "query", hidden, hidden)),
      key_(Linear::without_bias(scope / "attention" / "key", hidden, hidden)),
      score_((scope / "attention" / "score").parameter("weight", {1, hidden}, glorot(1, hidden))) {}

AttentiveLayer::Result AttentiveLayer::operator()(const Variable& x, const Segments& sequences,
                                                  const AttendedSources& sources,
                                                  const ops::RecurrentStart& start) const {
  Pass& pass = x.pass();
  const ops::TimeSteps time(sequences);
  const ops::Recurrence recurrence = layer_.recurrence(pass);
  const SortedSources sorted_sources(sources, time.order);
  const Variable inputs = layer_.products(ops::gather_rows(x, time.rows));
  // The score is a product of v and the tanh: what attention computes of queries that are all v, once its
  // division by the root of the width is undone.
  const Variable score = ops::embed(pass, Rows(static_cast<std::size_t>(sequences.size()), 0), score_,
                                    {.scale = std::sqrt(static_cast<float>(score_.size(1)))});
  ops::RecurrentStart past{sorted(start.hidden, time.order), sorted(start.cell_state, time.order)};
  std::vector<Variable> hidden, cell_state, contexts;
  WeightsOfSteps weights(pass, name_, sequences, sources.segments, time);
  for (const auto& [first, running] : time.steps) {
    past = {leading(past.hidden, running), leading(past.cell_state, running)};
    const Segments looked_at = sorted_sources.first(running), each = Segments::uniform(running, 1);
    const Index rows = looked_at.extent();
    const Variable queries = ops::gather_rows(query_(past.hidden), sorted_sources.owner.part(0, rows));
    const Variable keys = ops::activate(queries + sorted_sources.keys.narrow(0, 0, rows), Activation::tanh);
    contexts.push_back(ops::attention(score.narrow(0, 0, running), keys,
                                      sorted_sources.values.narrow(0, 0, rows),
                                      {.heads = 1, .queries = each, .keys = looked_at}));
    const Segment step{0, running};
    const ops::RecurrentStates now = ops::recurrent(
        inputs.narrow(0, first, running) + context_(contexts.back()), std::span(&step, 1), recurrence, past);
    past = {now.hidden, now.cell_state};
    hidden.push_back(now.hidden);
    if (now.cell_state) cell_state.push_back(now.cell_state);
  }
  weights.show();
  const auto in_old_order = [places = time.places(x.size(0))](const std::vector<Variable>& steps) {
    return steps.empty() ? Variable() : ops::gather_rows(ops::stack(steps), places);
  };
  const auto named = [&](const Variable& states) { return states.with_row_names(x.row_names()); };
  return {{named(in_old_order(hidden)), in_old_order(cell_state)}, named(in_old_order(contexts))};
}

}  // namespace heed
