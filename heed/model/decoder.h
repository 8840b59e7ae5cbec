#pragma once
#include <optional>
#include <vector>

#include "heed/model/autoregressive_model.h"
#include "heed/model/transformer_layer.h"
#include "heed/nn/key_value_cache.h"
#include "heed/nn/multi_head_attention.h"
#include "heed/ops/pointer_generator.h"

namespace heed {

/// What the decoder remembers of each sequence that it writes.
struct DecoderState : DecodingState {
  struct Layer {
    KeysValues encoder_output;  // projected; several sequences may look at the same rows. Absent without one
    KeyValueCache past;         // the sequence so far
  };
  std::vector<Layer> layers;
  CachedPositions positions;   // where each layer's past lies
  std::vector<Index> lengths;  // tokens seen so far
  ops::PointedAt copied = {};  // of a model with a copy head

  Index sequences() const override { return std::ssize(lengths); }
  void keep(std::span<const Index> sequences) override;
};

/// Whether a decoder looks at the output of an encoder: without it, it is a decoder-only model's.
enum class CrossAttention { none, encoder_output };

/// Masked self-attention, attention to the encoder's output if there is one, and a feed-forward network, each
/// with "Add & Norm" (section 3.1).
class DecoderLayer {
 public:
  DecoderLayer(const ParameterScope& scope, const TransformerLayerConfig& config, CrossAttention cross);

  /// Of a layer with cross-attention.
  KeysValues project_encoder_output(const Variable& encoded, const Segments& segments) const {
    return cross_attention_->project_encoder_output(encoded, segments);
  }
  /// `positions` has grown by the segments of the rows.
  struct Rows {
    const Segments& segments;
    PositionList places;  // of each row in its sequence; absent unless positions are rotary
  };
  Variable operator()(const Variable& x, const Rows& rows, const CachedPositions& positions,
                      DecoderState::Layer& state) const;

 private:
  MultiHeadAttention self_attention_;
  std::optional<MultiHeadAttention> cross_attention_;
  FeedForward feed_forward_;
  Residual around_self_;
  std::optional<Residual> around_cross_;
  Residual around_feed_forward_;
};

/// Layers in which each row sees those before it in its sequence. Training gives all rows at once, search one
/// of each sequence per step.
class Decoder {
 public:
  Decoder(const ParameterScope& scope, const TransformerLayerConfig& config, Index layers,
          CrossAttention cross);

  /// Sequences of which nothing is written yet, one for each source; a decoder with cross-attention.
  DecoderState start(const Variable& encoded, const Segments& sources) const;
  /// So many sequences without a source: a decoder without cross-attention.
  DecoderState start(Index sequences) const;

  /// Goes on with rows [rows, width] that lie as `segments` says. The state's lengths grow by theirs.
  Variable operator()(Variable x, const Segments& segments, DecoderState& state) const;

 private:
  std::vector<DecoderLayer> layers_;
  std::optional<Norm> norm_;
  bool rotary_;
};

}  // namespace heed
