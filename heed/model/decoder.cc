#include "heed/model/decoder.h"

namespace heed {
namespace {

/// Made in the order of the members: that in which parameters are asked for is that of an optimizer.
template <class Make>
auto only_if(CrossAttention cross, const Make& make) -> std::optional<decltype(make())> {
  if (cross == CrossAttention::none) return std::nullopt;
  return make();
}

}  // namespace

void DecoderState::keep(std::span<const Index> sequences) {
  bool all = sequences.size() == lengths.size();
  for (std::size_t i = 0; all && i < sequences.size(); ++i) all = sequences[i] == static_cast<Index>(i);
  if (all) return;

  if (!layers.empty() && layers.front().encoder_output.keys) {
    const Segments sources = layers.front().encoder_output.segments.pick(sequences);
    for (Layer& layer : layers) layer.encoder_output.segments = sources;
  }
  positions.keep(sequences);
  std::vector<Index> kept;
  for (const Index sequence : sequences) kept.push_back(lengths[static_cast<std::size_t>(sequence)]);
  lengths = std::move(kept);
}

DecoderLayer::DecoderLayer(const ParameterScope& scope, const TransformerLayerConfig& c, CrossAttention cross)
    : self_attention_(scope / "self_attention", c.width, c.heads, MultiHeadAttention::From::itself),
      cross_attention_(only_if(cross,
                               [&] {
                                 return MultiHeadAttention(scope / "cross_attention", c.width, c.heads,
                                                           MultiHeadAttention::From::encoder_output);
                               })),
      feed_forward_(scope / "feed_forward", c.width, c.hidden,
                    {.kind = c.feed_forward, .dropout = c.hidden_dropout}),
      around_self_(scope / "self_attention_norm", c.width, c.norm, c.dropout),
      around_cross_(only_if(
          cross, [&] { return Residual(scope / "cross_attention_norm", c.width, c.norm, c.dropout); })),
      around_feed_forward_(scope / "feed_forward_norm", c.width, c.norm, c.dropout) {}

Variable DecoderLayer::operator()(const Variable& x, const Segments& segments,
                                  const CachedPositions& positions, DecoderState::Layer& state) const {
  using Mask = MultiHeadAttention::Mask;
  Variable y = around_self_(x, [&](const Variable& rows) {
    const auto [queries, fresh] = self_attention_.project(rows, segments);
    return self_attention_.attend(queries, segments, state.past.append(fresh, positions), Mask::causal);
  });
  if (cross_attention_)
    y = (*around_cross_)(y, [&](const Variable& rows) {
      return cross_attention_->attend(cross_attention_->project_queries(rows), segments, state.encoder_output,
                                      Mask::none);
    });
  return around_feed_forward_(y, feed_forward_);
}

Decoder::Decoder(const ParameterScope& scope, const TransformerLayerConfig& config, Index layers,
                 CrossAttention cross) {
  for (Index i = 0; i < layers; ++i) layers_.emplace_back(scope / "layers" / i, config, cross);
  if (config.norm == NormOrder::pre) norm_.emplace(scope / "norm", config.width);
}

DecoderState Decoder::start(const Variable& encoded, const Segments& sources) const {
  DecoderState state;
  state.lengths.assign(static_cast<std::size_t>(sources.size()), 0);
  for (const DecoderLayer& layer : layers_)
    state.layers.push_back({layer.project_encoder_output(encoded, sources), {}});
  return state;
}

DecoderState Decoder::start(Index sequences) const {
  DecoderState state;
  state.lengths.assign(static_cast<std::size_t>(sequences), 0);
  state.layers.resize(layers_.size());
  return state;
}

Variable Decoder::operator()(Variable x, const Segments& segments, DecoderState& state) const {
  state.positions.grow(segments);
  for (std::size_t i = 0; i < layers_.size(); ++i)
    x = layers_[i](x, segments, state.positions, state.layers[i]);
  for (Index s = 0; s < segments.size(); ++s)
    state.lengths[static_cast<std::size_t>(s)] += segments[s].length;
  return norm_ ? (*norm_)(x) : x;
}

}  // namespace heed
