#pragma once
#include <optional>
#include <vector>

#include "heed/model/sequence_model.h"
#include "heed/nn/embedding.h"
#include "heed/nn/key_value_cache.h"

namespace heed {

/// What the decoder remembers of each sequence that it writes.
struct DecoderState : DecodingState {
  struct Layer {
    KeysValues encoder_output;  // projected; several sequences may look at the same rows
    KeyValueCache past;         // the target so far
  };
  std::vector<Layer> layers;
  CachedPositions positions;   // where each layer's past lies
  std::vector<Index> lengths;  // tokens seen so far

  Index sequences() const override { return std::ssize(lengths); }
  void keep(std::span<const Index> sequences) override;
};

/// Masked self-attention, attention to the source and a feed-forward network, each with "Add & Norm"
/// (section 3.1).
class DecoderLayer {
 public:
  DecoderLayer(const ParameterScope& scope, const TransformerConfig& config);

  KeysValues project_encoder_output(const Variable& encoded, const Segments& segments) const {
    return cross_attention_.project_encoder_output(encoded, segments);
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

  /// Goes on with tokens [rows] that lie as `segments` says: what their logits are made of, [rows, width].
  Variable operator()(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                      DecoderState& state) const;
  const Linear& projection() const { return projection_; }

  const Embedding& embedding() const { return embedding_; }

 private:
  Embedding embedding_;
  std::vector<DecoderLayer> layers_;
  std::optional<Norm> norm_;
  Linear projection_;
};

}  // namespace heed
