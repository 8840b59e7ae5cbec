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

Linear without_bias(const ParameterScope& scope, Index inputs, Index outputs) {
  return {scope.prepared({"weight"}, scope.parameter("weight", {outputs, inputs}, glorot(outputs, inputs))),
          {}};
}

}  // namespace

void RecurrentState::keep(std::span<const Index> numbers) {
  if (names_all_in_order(numbers, sequences())) return;
  const auto kept = [&](const Variable& x) {
    return x ? ops::gather_rows(x, {numbers.begin(), numbers.end()}) : x;
  };
  for (Layer& layer : layers) layer = {kept(layer.hidden), kept(layer.memory)};
  sources = sources.pick(numbers);
}

RecurrentDecoder::RecurrentDecoder(const ParameterScope& scope, const RecurrentConfig& c, Embedding embedding)
    : config_(c),
      embedding_(std::move(embedding)),
      bridge_(scope / "bridge", c.hidden, c.decoder_layers * states_of(c) * c.hidden),
      readout_(scope / "readout", c.attention == RecurrentAttention::none ? c.hidden : 2 * c.hidden,
               c.width) {
  for (Index i = 0; i < c.decoder_layers; ++i)
    layers_.emplace_back(scope / "layers" / i, c.cell, i == 0 ? c.width : c.hidden, c.hidden);
  if (c.attention == RecurrentAttention::luong)
    keys_ = without_bias(scope / "attention" / "key", c.hidden, c.hidden);
}

RecurrentState RecurrentDecoder::start(const EncodedSources& encoded, const Segments& sources) const {
  RecurrentState state;
  const Variable first = bridge_(encoded.last, {Activation::tanh});
  const Index hidden = config_.hidden;
  Index column = 0;
  const auto next = [&] { return first.narrow(1, std::exchange(column, column + hidden), hidden); };
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Variable shown = next();
    state.layers.push_back({shown, config_.cell == RecurrentCell::lstm ? next() : Variable()});
  }
  state.sources = sources;
  if (keys_) {
    // Attention divides by the root of the width; Luong's score does not.
    state.keys = std::sqrt(static_cast<float>(hidden)) * (*keys_)(encoded.states);
    state.values = encoded.states;
  }
  return state;
}

Variable RecurrentDecoder::run(const Variable& embedded, const Segments& segments,
                               RecurrentState& state) const {
  Variable x = embedded;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (i > 0) x = ops::dropout(x, static_cast<float>(config_.dropout));
    RecurrentState::Layer& past = state.layers[i];
    const ops::RecurrentStates states =
        layers_[i](x, segments, ops::Direction::forwards, {past.hidden, past.memory});
    x = states.hidden;
    Pass& pass = x.pass();
    if (pass.recording()) continue;  // decodes all positions at once: nothing comes after them
    past.hidden = last_of(x, segments);
    if (states.memory) past.memory = last_of(pass.constant(states.memory), segments);
  }
  return x;
}

Variable RecurrentDecoder::operator()(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                                      RecurrentState& state) const {
  require<ShapeError>(segments.size() == state.sequences(), "recurrent decoder: ", segments.size(),
                      " sequences go on after ", state.sequences());
  for (const Segment& segment : segments)
    require<ShapeError>(segment.length > 0, "recurrent decoder: a sequence has no token to go on with");
  pass.rows_lie(segments);
  Variable x = run(embedding_(pass, tokens, segments), segments, state);
  if (state.keys)
    x = ops::concat({ops::attention(x, state.keys, state.values,
                                    {.heads = 1, .queries = segments, .keys = state.sources}),
                     x});
  return readout_(x, {.activation = Activation::tanh, .dropout = static_cast<float>(config_.dropout)});
}

}  // namespace heed
