#include "heed/model/encoder.h"

namespace heed {

EncoderLayer::EncoderLayer(const ParameterScope& scope, const TransformerLayerConfig& c)
    : self_attention_(scope / "self_attention", c.width, c.self_attention(),
                      MultiHeadAttention::From::itself),
      feed_forward_(scope / "feed_forward", c.width, c.hidden, c.between()),
      around_self_(scope / "self_attention_norm", c.width, c.residual()),
      around_feed_forward_(scope / "feed_forward_norm", c.width, c.residual()) {}

Variable EncoderLayer::operator()(const Variable& x, const Segments& segments) const {
  const Variable attended = around_self_(x, [&](const Variable& y) {
    const auto [queries, keys_values] = self_attention_.project(y, segments);
    return self_attention_.attend(queries, segments, keys_values, MultiHeadAttention::Mask::none);
  });
  return around_feed_forward_(attended, feed_forward_);
}

Encoder::Encoder(const ParameterScope& scope, const TransformerLayerConfig& config, Index layers) {
  for (Index i = 0; i < layers; ++i) layers_.emplace_back(scope / "layers" / i, config);
  if (config.norm == NormOrder::pre) norm_.emplace(scope / "norm", config.width, config.normalization);
}

Variable Encoder::operator()(Variable x, const Segments& segments) const {
  for (const EncoderLayer& layer : layers_) x = layer(x, segments);
  return norm_ ? (*norm_)(x) : x;
}

}  // namespace heed
