#pragma once
#include <optional>
#include <vector>

#include "heed/model/transformer_layer.h"
#include "heed/nn/multi_head_attention.h"

namespace heed {

/// Self-attention and a feed-forward network, each with "Add & Norm" around it (section 3.1).
class EncoderLayer {
 public:
  EncoderLayer(const ParameterScope& scope, const TransformerLayerConfig& config);
  Variable operator()(const Variable& x, const Segments& segments) const;

 private:
  MultiHeadAttention self_attention_;
  FeedForward feed_forward_;
  Residual around_self_, around_feed_forward_;
};

/// Layers over rows that lie in sequences, whatever they stand for: tokens, patches. [rows, width] to the
/// same.
class Encoder {
 public:
  Encoder(const ParameterScope& scope, const TransformerLayerConfig& config, Index layers);

  Variable operator()(Variable x, const Segments& segments) const;

 private:
  std::vector<EncoderLayer> layers_;
  std::optional<Norm> norm_;  // pre-norm alone, which never normalizes the sum itself
};

}  // namespace heed
