#include "heed/model/decoder.h"

namespace heed {

void DecoderState::keep(std::span<const Index> sequences) {
  bool all = sequences.size() == lengths.size();
  for (std::size_t i = 0; all && i < sequences.size(); ++i) all = sequences[i] == static_cast<Index>(i);
  if (all) return;

  const Segments sources = layers.front().encoder_output.segments.pick(sequences);
  for (Layer& layer : layers) layer.encoder_output.segments = sources;
  positions.keep(sequences);
  std::vector<Index> kept;
  for (const Index sequence : sequences) kept.push_back(lengths[static_cast<std::size_t>(sequence)]);
  lengths = std::move(kept);
}

DecoderLayer::DecoderLayer(const ParameterScope& scope, const TransformerConfig& c)
    : self_attention_(scope / "self_attention", c.width, c.heads, MultiHeadAttention::From::itself),
      cross_attention_(scope / "cross_attention", c.width, c.heads, MultiHeadAttention::From::encoder_output),
      feed_forward_(scope / "feed_forward", c.width, c.hidden,
                    {.kind = c.feed_forward, .dropout = static_cast<float>(c.hidden_dropout)}),
      around_self_(scope / "self_attention_norm", c.width, c.norm, static_cast<float>(c.dropout)),
      around_cross_(scope / "cross_attention_norm", c.width, c.norm, static_cast<float>(c.dropout)),
      around_feed_forward_(scope / "feed_forward_norm", c.width, c.norm, static_cast<float>(c.dropout)) {}

Variable DecoderLayer::operator()(const Variable& x, const Segments& segments,
                                  const CachedPositions& positions, DecoderState::Layer& state) const {
  using Mask = MultiHeadAttention::Mask;
  const Variable decoded = around_self_(x, [&](const Variable& y) {
    const auto [queries, fresh] = self_attention_.project(y, segments);
    return self_attention_.attend(queries, segments, state.past.append(fresh, positions), Mask::causal);
  });
  const Variable attended = around_cross_(decoded, [&](const Variable& y) {
    return cross_attention_.attend(cross_attention_.project_queries(y), segments, state.encoder_output, Mask::none);
  });
  return around_feed_forward_(attended, feed_forward_);
}

Decoder::Decoder(const ParameterScope& scope, const TransformerConfig& config, Embedding embedding,
                 Linear projection)
    : embedding_(std::move(embedding)), projection_(std::move(projection)) {
  for (Index i = 0; i < config.decoder_layers; ++i) layers_.emplace_back(scope / "layers" / i, config);
  if (config.norm == NormOrder::pre) norm_.emplace(scope / "norm", config.width);
}

DecoderState Decoder::start(const Variable& encoded, const Segments& sources) const {
  DecoderState state;
  state.lengths.assign(static_cast<std::size_t>(sources.size()), 0);
  for (const DecoderLayer& layer : layers_)
    state.layers.push_back({layer.project_encoder_output(encoded, sources), {}});
  return state;
}

Variable Decoder::operator()(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                             DecoderState& state) const {
  pass.rows_lie(segments);
  Variable x = embedding_(pass, tokens, segments, state.lengths);
  state.positions.grow(segments);
  for (std::size_t i = 0; i < layers_.size(); ++i)
    x = layers_[i](x, segments, state.positions, state.layers[i]);
  for (Index s = 0; s < segments.size(); ++s)
    state.lengths[static_cast<std::size_t>(s)] += segments[s].length;
  return norm_ ? (*norm_)(x) : x;
}

}  // namespace heed
