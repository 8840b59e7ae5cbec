#pragma once
#include "heed/model/architecture.h"
#include "heed/model/transformer_layer.h"
#include "heed/model/tying.h"
#include "heed/nn/positional_encoding.h"

namespace heed {

/// The sizes and choices of an encoder-decoder Transformer; the defaults are the paper's base model.
struct TransformerConfig {
  Index source_vocabulary = 0, target_vocabulary = 0;
  Index width = 512, hidden = 2048, heads = 8, encoder_layers = 6, decoder_layers = 6;
  double dropout = 0.1, hidden_dropout = 0;
  FeedForwardKind feed_forward = FeedForwardKind::relu;
  NormOrder norm = NormOrder::post;
  PositionKind positions = PositionKind::sinusoidal;
  Index maximum_positions = 1024;
  Tying tying = Tying::all;
  bool copy = false;

  /// Tokens that a sentence may have, BOS or EOS included.
  Index longest_sequence() const;
  ModelSizes sizes() const { return {source_vocabulary, target_vocabulary, width, longest_sequence()}; }
  /// Tables are tied as far as the vocabularies allow.
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;
  TransformerLayerConfig layer() const;

  static constexpr auto fields() {
    using C = TransformerConfig;
    return std::tuple(
        field("source_vocabulary", &C::source_vocabulary, "pieces of the source side", {0}),
        field("target_vocabulary", &C::target_vocabulary, "pieces of the target side", {0}),
        field("width", &C::width, "size of the vector of a token (d_model)", {1, 65536}),
        field("hidden", &C::hidden, "size of the feed-forward network's hidden layer (d_ff)", {1, 1 << 20}),
        field("heads", &C::heads, "heads of each attention", {1, 1024}),
        field("encoder_layers", &C::encoder_layers, "layers of the encoder", {0, 1000}),
        field("decoder_layers", &C::decoder_layers, "layers of the decoder", {1, 1000}),
        field("dropout", &C::dropout, "dropout rate of every sublayer's result and of the embeddings",
              {0, 0.95}),
        field("hidden_dropout", &C::hidden_dropout, "dropout rate of the feed-forward network's hidden layer",
              {0, 0.95}),
        field("feed_forward", &C::feed_forward, "activation of the feed-forward network"),
        field("norm", &C::norm, "layer normalization: post-norm, as in the paper, or pre-norm"),
        field("positions", &C::positions, "position encoding"),
        field("maximum_positions", &C::maximum_positions, "longest sequence, in tokens", {1, 1 << 20}),
        field("tying", &C::tying,
              "which tables are tied: embeddings of source and target, and the output projection"),
        field(
            "copy", &C::copy,
            "copy head (pointer-generator): the next token is generated, or copied from the source; needs a "
            "joint vocabulary"));
  }
};

/// The sizes of a preset: tiny, small, or the paper's base and big. ConfigError for other names.
TransformerConfig transformer_preset(std::string_view name);
/// The names of the presets, smallest first.
std::vector<std::string_view> transformer_presets();

/// "transformer", an encoder-decoder.
const Architecture& transformer_architecture();
inline const Architecture& architecture_of(const TransformerConfig&) { return transformer_architecture(); }

/// ConfigError if the numbers do not fit each other (a width that does not divide into the heads, say).
void validate(const TransformerConfig& config);

}  // namespace heed
