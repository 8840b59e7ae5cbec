#pragma once
#include <optional>
#include <vector>

#include "heed/model/transformer_config.h"
#include "heed/nn/embedding.h"
#include "heed/nn/multi_head_attention.h"

namespace heed {

/// Self-attention and a feed-forward network, each with "Add & Norm" around it (section 3.1).
class EncoderLayer {
 public:
  EncoderLayer(const ParameterScope& scope, const TransformerConfig& config);
  Variable operator()(const Variable& x, const Segments& segments) const;

 private:
  MultiHeadAttention self_attention_;
  FeedForward feed_forward_;
  Residual around_self_, around_feed_forward_;
};

/// Source tokens to what the decoder looks at.
class Encoder {
 public:
  Encoder(const ParameterScope& scope, const TransformerConfig& config, Embedding embedding);

  /// tokens of all sequences, placed as the segments say; gives [tokens, width].
  Variable operator()(Pass& pass, std::span<const Index> tokens, const Segments& segments) const;

  const Embedding& embedding() const { return embedding_; }

 private:
  Embedding embedding_;
  std::vector<EncoderLayer> layers_;
  std::optional<Norm> norm_;  // with normalization before the sublayers the sum itself is never normalized
};

}  // namespace heed
