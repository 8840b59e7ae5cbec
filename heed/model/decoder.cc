#include "heed/model/decoder.h"

namespace heed {
namespace {

/// Made in the order of the members: that in which parameters are asked for is that of an optimizer.
template <class Make>
auto only_if(CrossAttention cross, const Make& make) -> std::optional<decltype(make())> {
  if (cross == CrossAttention::none) return std::nullopt;
  return make();
}

/// The place in its sequence of each of so many rows; those between sequences have place 0.
PositionList places(Index rows, const Segments& segments, std::span<const Index> past) {
  std::vector<Index> all(static_cast<std::size_t>(rows));
  for (Index s = 0; s < segments.size(); ++s)
    for (Index i = 0; i < segments[s].length; ++i)
      all[static_cast<std::size_t>(segments[s].start + i)] = past[static_cast<std::size_t>(s)] + i;
  return all;
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
  if (copied.keys) copied.segments = copied.segments.pick(sequences);
  positions.keep(sequences);
  std::vector<Index> kept;
  for (const Index sequence : sequences) kept.push_back(lengths[static_cast<std::size_t>(sequence)]);
  lengths = std::move(kept);
}

DecoderLayer::DecoderLayer(const ParameterScope& scope, const TransformerLayerConfig& c, CrossAttention cross)
    : self_attention_(scope / "self_attention", c.width, c.self_attention(),
                      MultiHeadAttention::From::itself),
      cross_attention_(only_if(cross,
                               [&] {
                                 return MultiHeadAttention(scope / "cross_attention", c.width,
                                                           c.cross_attention(),
                                                           MultiHeadAttention::From::encoder_output);
                               })),
      feed_forward_(scope / "feed_forward", c.width, c.hidden, c.between()),
      around_self_(scope / "self_attention_norm", c.width, c.residual()),
      around_cross_(
          only_if(cross, [&] { return Residual(scope / "cross_attention_norm", c.width, c.residual()); })),
      around_feed_forward_(scope / "feed_forward_norm", c.width, c.residual()) {}

Variable DecoderLayer::operator()(const Variable& x, const Rows& rows, const CachedPositions& positions,
                                  DecoderState::Layer& state) const {
  using Mask = MultiHeadAttention::Mask;
  Variable y = around_self_(x, [&](const Variable& z) {
    const auto [queries, fresh] = self_attention_.project(z, rows.segments, rows.places);
    return self_attention_.attend(queries, rows.segments, state.past.append(fresh, positions), Mask::causal);
  });
  if (cross_attention_)
    y = (*around_cross_)(y, [&](const Variable& z) {
      return cross_attention_->attend(cross_attention_->project_queries(z), rows.segments,
                                      state.encoder_output, Mask::none);
    });
  return around_feed_forward_(y, feed_forward_);
}

Decoder::Decoder(const ParameterScope& scope, const TransformerLayerConfig& config, Index layers,
                 CrossAttention cross)
    : rotary_(config.rotary.has_value()) {
  for (Index i = 0; i < layers; ++i) layers_.emplace_back(scope / "layers" / i, config, cross);
  if (config.norm == NormOrder::pre) norm_.emplace(scope / "norm", config.width, config.normalization);
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
  const DecoderLayer::Rows rows{segments,
                                rotary_ ? places(x.size(0), segments, state.lengths) : PositionList()};
  for (std::size_t i = 0; i < layers_.size(); ++i) x = layers_[i](x, rows, state.positions, state.layers[i]);
  for (Index s = 0; s < segments.size(); ++s)
    state.lengths[static_cast<std::size_t>(s)] += segments[s].length;
  return norm_ ? (*norm_)(x) : x;
}

}  // namespace heed
