#include "heed/ops/recurrent.h"

#include <numeric>

#include "heed/ops/time_steps.h"

namespace heed::ops {

namespace {

using Rows = std::vector<Index>;

Rows first_rows(Index count) {
  Rows all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), Index{0});
  return all;
}

/// result[i] = from[rows[i]]
Tensor gathered(Backend& kernels, const Tensor& from, const Rows& rows) {
  const Tensor to({std::ssize(rows), from.size(1)});
  kernels.copy_rows(from, rows, to, first_rows(std::ssize(rows)));
  return to;
}

/// result[rows[i]] = from[i]; what no row names is zero.
Tensor scattered(Backend& kernels, const Tensor& from, const Rows& rows, Index count) {
  const Shape shape{count, from.size(1)};
  const Tensor to = std::ssize(rows) == count ? Tensor(shape) : Tensor::zeros(shape);
  kernels.copy_rows(from, first_rows(std::ssize(rows)), to, rows);
  return to;
}

Tensor start_of(Backend& kernels, const Variable& start, const TimeSteps& time, Index hidden) {
  return start ? gathered(kernels, start.value(), time.order)
               : Tensor::zeros({std::ssize(time.order), hidden});
}

/// Everything that the steps compute, in the order of time.
struct Unrolled {
  RecurrentCell cell;
  Tensor gates, recurrent, y, kept;
  Tensor first, first_memory;  // of the sequences, the longest first

  RecurrentStep at(const std::vector<Segment>& steps, std::size_t t) const {
    const auto [start, count] = steps[t];
    const auto now = [start = start, count = count](const Tensor& x) {
      return x ? x.narrow(0, start, count) : x;
    };
    const auto past = [&, count = count](const Tensor& x, const Tensor& at_first) {
      return t == 0 ? (at_first ? at_first.narrow(0, 0, count) : at_first)
                    : (x ? x.narrow(0, steps[t - 1].start, count) : x);
    };
    return {cell, now(gates), now(recurrent), past(y, first), now(y), past(kept, first_memory), now(kept)};
  }

  /// The state before each step, one below the other.
  Tensor before(Backend& kernels, const TimeSteps& time) const {
    const Tensor all(y.shape());
    const Index begun = time.steps[0].length;
    kernels.copy(first.narrow(0, 0, begun), all.narrow(0, 0, begun));
    Rows from(time.previous.begin() + begun, time.previous.end()), to = first_rows(y.rows());
    kernels.copy_rows(y, from, all, std::span(to).subspan(static_cast<std::size_t>(begun)));
    return all;
  }
};

void check(const Variable& inputs, const Segments& sequences, const Recurrence& recurrence,
           const RecurrentStart& start) {
  const Variable& weight = recurrence.weight;
  const Index hidden = weight.size(1), width = gates_of(recurrence.cell) * hidden;
  require<ShapeError>(weight.size(0) == width, "recurrent: a weight of shape ", weight.shape(), " where ",
                      Shape{width, hidden}, " was expected");
  require<ShapeError>(!recurrence.bias || recurrence.bias.shape() == Shape{width},
                      "recurrent: a bias of shape ", recurrence.bias.shape(), " meets gates of width ",
                      width);
  require<ShapeError>(inputs.value().rank() == 2 && inputs.size(1) == width, "recurrent: inputs of shape ",
                      inputs.shape(), " meet gates of width ", width);
  require<ShapeError>(sequences.extent() <= inputs.size(0), "recurrent: sequences of ", sequences.extent(),
                      " rows in an input of ", inputs.size(0));
  for (const Variable* state : {&start.hidden, &start.memory})
    require<ShapeError>(!*state || state->shape() == Shape{sequences.size(), hidden},
                        "recurrent: a first state of shape ", state->shape(), " where ",
                        Shape{sequences.size(), hidden}, " was expected");
}

void leave_all(Backend& kernels, const Variable& x, const Tensor& gradient) {
  if (x.needs_gradient() && !x.adopt_gradient(gradient)) kernels.accumulate(gradient, 1, {}, x.destination());
}

}  // namespace

RecurrentStates recurrent(const Variable& inputs, const Segments& sequences, Direction direction,
                          const Recurrence& recurrence, const RecurrentStart& start) {
  check(inputs, sequences, recurrence, start);
  const auto& [cell, weight, bias] = recurrence;
  Pass& pass = inputs.pass();
  Backend& kernels = pass.kernels();
  const TimeSteps time(sequences, direction == Direction::backwards);
  const Index hidden = weight.size(1), count = std::ssize(time.rows), rows = inputs.size(0);
  const bool lstm = cell == RecurrentCell::lstm;
  if (count == 0)
    return {pass.constant(Tensor::zeros({rows, hidden})),
            lstm ? pass.constant(Tensor::zeros({rows, hidden})) : Variable()};

  Unrolled unrolled{.cell = cell,
                    .gates = gathered(kernels, inputs.value(), time.rows),
                    .recurrent = Tensor({count, weight.size(0)}),
                    .y = Tensor({count, hidden}),
                    .kept = lstm ? Tensor({count, hidden}) : Tensor(),
                    .first = start_of(kernels, start.hidden, time, hidden),
                    .first_memory = lstm ? start_of(kernels, start.memory, time, hidden) : Tensor()};
  // Packed once for all steps, unless the model was opened with packed weights.
  const Tensor packed = weight.value().layout() == Layout::prepared
                            ? weight.value()
                            : kernels.prepare(weight.value(), DataType::float32);
  for (std::size_t t = 0; t < time.steps.size(); ++t) {
    const RecurrentStep step = unrolled.at(time.steps, t);
    kernels.linear(step.before, packed, bias.value(), Activation::none, step.recurrent);
    kernels.recurrent_step(step);
  }
  // The past's share is read again by gru alone.
  if (cell != RecurrentCell::gru) unrolled.recurrent = Tensor();

  const Tensor y = scattered(kernels, unrolled.y, time.rows, rows);
  const Tensor memory = lstm ? scattered(kernels, unrolled.kept, time.rows, rows) : Tensor();
  if (!pass.recording()) return {pass.constant(y), lstm ? pass.constant(memory) : Variable()};
  // Two results, one way back: the memory's gradient waits here for it.
  const auto dkept = std::make_shared<Tensor>();
  const auto back = [&kernels, dkept, inputs = inputs.without_value(), weight = weight,
                     bias = bias.without_value(), hidden_start = start.hidden, memory_start = start.memory,
                     time, unrolled, rows](const Tensor& dresult) {
    const Tensor dy = gathered(kernels, dresult, time.rows);
    const Index sequence_count = std::ssize(time.order);
    const Tensor dfirst = Tensor::zeros({sequence_count, dy.size(1)});
    const Tensor dmemory = unrolled.kept ? Tensor::zeros(dfirst.shape()) : Tensor();
    const Tensor dshown = *dkept ? gathered(kernels, *dkept, time.rows) : Tensor();
    const bool gru = unrolled.cell == RecurrentCell::gru;
    for (std::size_t t = time.steps.size(); t-- > 0;) {
      const RecurrentStep step = unrolled.at(time.steps, t);
      const auto [begin, running] = time.steps[t];
      const Tensor dbefore =
          t == 0 ? dfirst.narrow(0, 0, running) : dy.narrow(0, time.steps[t - 1].start, running);
      if (dshown) kernels.accumulate(dshown.narrow(0, begin, running), 1, {}, dmemory.narrow(0, 0, running));
      kernels.recurrent_step_backward(step, dy.narrow(0, begin, running),
                                      dmemory ? dmemory.narrow(0, 0, running) : dmemory,
                                      gru ? dbefore : Tensor());
      if (t > 0 || (hidden_start && hidden_start.needs_gradient()))
        kernels.linear_backward_input(gru ? step.recurrent : step.gates, weight.value(), dbefore);
    }
    // One product for the weight's gradient, too: of all steps at once.
    if (weight.needs_gradient() || bias.needs_gradient())
      kernels.linear_backward_weight(gru ? unrolled.recurrent : unrolled.gates,
                                     unrolled.before(kernels, time), weight.destination(),
                                     bias.destination());
    leave_all(kernels, inputs, scattered(kernels, unrolled.gates, time.rows, rows));
    leave_all(kernels, hidden_start, scattered(kernels, dfirst, time.order, sequence_count));
    if (dmemory) leave_all(kernels, memory_start, scattered(kernels, dmemory, time.order, sequence_count));
  };
  const Variable shown = pass.result(y, back, inputs, weight, bias, start.hidden, start.memory);
  if (!lstm) return {shown, {}};
  const auto wait = [dkept, shown = shown.without_value()](const Tensor& dmemory) {
    *dkept = dmemory;
    shown.gradient();  // there is one now, if of zeros: the way back is to be gone
  };
  return {shown, pass.result(memory, wait, shown)};
}

}  // namespace heed::ops
