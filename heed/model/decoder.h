#pragma once
#include <optional>
#include <vector>

#include "heed/model/transformer_config.h"
#include "heed/nn/embedding.h"
#include "heed/nn/key_value_cache.h"

namespace heed {

/// What a decoder remembers between steps, for each sequence that it writes.
struct DecoderState {
  struct Layer {
    KeysValues memory;   // the encoded source; several sequences may look at the same rows
    KeyValueCache past;  // the target so far
  };
  std::vector<Layer> layers;
  CachedPositions positions;   // where each layer's past lies
  std::vector<Index> lengths;  // tokens seen so far

  /// Keeps the sequences with these numbers, in this order; one may be kept several times.
  void keep(std::span<const Index> sequences);
};

/// Masked self-attention, attention to the source and a feed-forward network, each with "Add & Norm"
/// (section 3.1).
class DecoderLayer {
 public:
  DecoderLayer(const ParameterScope& scope, const TransformerConfig& config);

  KeysValues project_memory(const Variable& encoded, const Segments& segments) const {
    return cross_attention_.project_memory(encoded, segments);
  }
  /// `positions` has grown by `segments`.
  Variable operator()(const Variable& x, const Segments& segments, const CachedPositions& positions,
                      DecoderState::Layer& state) const;

 private:
  MultiHeadAttention self_attention_, cross_attention_;
  FeedForward feed_forward_;
  Residual around_self_, around_cross_, around_feed_forward_;
};

/// Scores the next token after every given one. Training gives all tokens at once, search one per step.
class Decoder {
 public:
  Decoder(const ParameterScope& scope, const TransformerConfig& config, Embedding embedding,
          Linear projection);

  DecoderState start(const Variable& encoded, const Segments& sources) const;

  /// Goes on with tokens [rows] that lie as `segments` says: logits [rows, vocabulary].
  Variable operator()(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                      DecoderState& state) const {
    return projection_(before_projection(pass, tokens, segments, state));
  }
  /// What the logits are made of, [rows, width]: training takes the projection and the loss as one.
  Variable before_projection(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                             DecoderState& state) const;
  const Linear& projection() const { return projection_; }

  const Embedding& embedding() const { return embedding_; }

 private:
  Embedding embedding_;
  std::vector<DecoderLayer> layers_;
  std::optional<LayerNorm> norm_;
  Linear projection_;
};

}  // namespace heed
