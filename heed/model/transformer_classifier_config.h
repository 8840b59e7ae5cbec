#pragma once
#include "heed/model/architecture.h"
#include "heed/model/pooling.h"
#include "heed/model/transformer_layer.h"
#include "heed/nn/positional_encoding.h"

namespace heed {

/// The sizes and choices of a Transformer's encoder that classifies. Pre-norm by default: small sets do not
/// last for the thousands of warmup updates that post-norm needs.
struct TransformerClassifierConfig {
  Index vocabulary = 0, classes = 0;
  Pooling pooling = Pooling::max;
  Index width = 128, hidden = 256, layers = 1, heads = 4;
  double dropout = 0.3;
  FeedForwardKind feed_forward = FeedForwardKind::relu;
  NormOrder norm = NormOrder::pre;
  PositionKind positions = PositionKind::sinusoidal;
  Index maximum_positions = 1024;

  /// Tokens that a sequence may have, BOS and EOS included.
  Index longest_sequence() const;
  /// Where the first token stands for the text, that is BOS.
  ModelSizes sizes() const {
    return {vocabulary, classes, width, longest_sequence(), pooling == Pooling::first};
  }
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;
  TransformerLayerConfig layer() const;

  static constexpr auto fields() {
    using C = TransformerClassifierConfig;
    return std::tuple(
        field("vocabulary", &C::vocabulary, "entries of the vocabulary", {0}),
        field("classes", &C::classes, "number of classes", {0}),
        field(
            "pooling", &C::pooling,
            "how token vectors are pooled into one for the text: the maximum or mean of each column, that of "
            "the first token (BERT's [CLS]), or a recurrent network's last state; none: each token is "
            "classified"),
        field("width", &C::width, "embedding size", {1, 65536}),
        field("hidden", &C::hidden,
              "size of a Transformer's feed-forward layers, or of a recurrent network's state (both "
              "directions together)",
              {1, 1 << 20}),
        field("layers", &C::layers, "number of layers", {1, 1000}),
        field("heads", &C::heads, "attention heads of a Transformer", {1, 8192}),
        field("dropout", &C::dropout, "dropout rate", {0, 0.95}),
        field("feed_forward", &C::feed_forward, "activation of the feed-forward network"),
        field("norm", &C::norm, "layer normalization: post-norm or pre-norm"),
        field("positions", &C::positions, "position encoding"),
        field("maximum_positions", &C::maximum_positions, "maximum sequence length, in tokens",
              {1, 1 << 20}));
  }
};

/// "transformer", a classifier.
const Architecture& transformer_classifier_architecture();
inline const Architecture& architecture_of(const TransformerClassifierConfig&) {
  return transformer_classifier_architecture();
}

/// ConfigError if the choices do not fit each other (a width that does not divide into the heads, say).
void validate(const TransformerClassifierConfig& config);

}  // namespace heed
