#include "heed/model/recurrent_decoder.h"

#include <cmath>

#include "heed/ops/arithmetic.h"
#include "heed/ops/attention.h"
#include "heed/ops/concat.h"
#include "heed/ops/gather_rows.h"

namespace heed {
namespace {

/// States that a layer has: what it shows and, for lstm, what it keeps to itself.
Index states_of(const RecurrentConfig& c) { return c.cell == RecurrentCell::lstm ? 2 : 1; }

bool names_all_in_order(std::span<const Index> numbers, Index count) {
  bool all = std::ssize(numbers) == count;
  for (std::size_t i = 0; all && i < numbers.size(); ++i) all = numbers[i] == static_cast<Index>(i);
  return all;
}

/// Of what the steps computed, the rows that the next steps go on from.
Variable last_of(const Variable& states, const Segments& segments) {
  std::vector<Index> last;
  for (const auto& [start, length] : segments) last.push_back(start + length - 1);
  return names_all_in_order(last, states.size(0)) ? states : ops::gather_rows(states, std::move(last));
}

/// The state goes on after what a layer has computed.
void remember(const ops::RecurrentStates& states, const Segments& segments, RecurrentState::Layer& past) {
  if (states.hidden.pass().recording()) return;  // decodes all positions at once: nothing comes after them
  past.hidden = last_of(states.hidden, segments);
  if (states.cell_state) past.cell_state = last_of(states.cell_state, segments);
}

}  // namespace

void RecurrentState::keep(std::span<const Index> numbers) {
  if (names_all_in_order(numbers, sequences())) return;
  const auto next_cell_state = [&](const Variable& x) { return x ? ops::gather_rows(x, numbers) : x; };
  for (Layer& layer : layers) layer = {next_cell_state(layer.hidden), next_cell_state(layer.cell_state)};
  sources.segments = sources.segments.pick(numbers);
  if (copied.keys) copied.segments = copied.segments.pick(numbers);
}

RecurrentDecoder::RecurrentDecoder(const ParameterScope& scope, const RecurrentConfig& c)
    : config_(c),
      attention_name_((scope / "attention").path()),
      bridge_(scope / "bridge", c.hidden, c.decoder_layers * states_of(c) * c.hidden),
      readout_(scope / "readout", c.attention == RecurrentAttention::none ? c.hidden : 2 * c.hidden,
               c.width) {
  const bool bahdanau = c.attention == RecurrentAttention::bahdanau;
  if (bahdanau) attentive_.emplace(scope / "layers" / 0, c.cell, c.width, c.hidden);
  for (Index i = bahdanau ? 1 : 0; i < c.decoder_layers; ++i)
    layers_.emplace_back(scope / "layers" / i, c.cell, i == 0 ? c.width : c.hidden, c.hidden);
  if (c.attention == RecurrentAttention::luong)
    keys_ = Linear::without_bias(scope / "attention" / "key", c.hidden, c.hidden);
}

RecurrentState RecurrentDecoder::start(const EncodedSources& encoded, const Segments& sources) const {
  RecurrentState state;
  const Variable first = bridge_(encoded.last, {Activation::tanh});
  const Index hidden = config_.hidden;
  Index column = 0;
  const auto next = [&] { return first.narrow(1, std::exchange(column, column + hidden), hidden); };
  for (Index i = 0; i < config_.decoder_layers; ++i) {
    const Variable shown = next();
    state.layers.push_back({shown, config_.cell == RecurrentCell::lstm ? next() : Variable()});
  }
  state.sources.segments = sources;
  if (keys_)  // attention divides by the root of the width, Luong's score does not
    state.sources.keys = std::sqrt(static_cast<float>(hidden)) * (*keys_)(encoded.states);
  if (attentive_) state.sources.keys = attentive_->keys(encoded.states);
  if (state.sources.keys) state.sources.values = encoded.states;
  return state;
}

Variable RecurrentDecoder::operator()(Variable x, const Segments& segments, RecurrentState& state) const {
  require<ShapeError>(segments.size() == state.sequences(), "recurrent decoder: ", segments.size(),
                      " sequences go on after ", state.sequences());
  for (const Segment& segment : segments)
    require<ShapeError>(segment.length > 0, "recurrent decoder: a sequence has no token to go on with");
  const auto dropout = static_cast<float>(config_.dropout);
  Variable context;
  auto past = state.layers.begin();
  if (attentive_) {
    const AttentiveLayer::Result result =
        (*attentive_)(x, segments, state.sources, {past->hidden, past->cell_state});
    remember(result.states, segments, *past++);
    x = result.states.hidden;
    context = result.contexts;
  }
  for (const RecurrentLayer& layer : layers_) {
    if (past != state.layers.begin()) x = ops::dropout(x, dropout);
    const ops::RecurrentStates states =
        layer(x, segments, ops::Direction::forwards, {past->hidden, past->cell_state});
    remember(states, segments, *past++);
    x = states.hidden;
  }
  if (keys_)
    context =
        ops::attention(x, state.sources.keys, state.sources.values,
                       {.heads = 1, .queries = segments, .keys = state.sources.segments}, attention_name_);
  return readout_(context ? ops::concat({context, x}) : x,
                  {.activation = Activation::tanh, .dropout = dropout});
}

}  // namespace heed
