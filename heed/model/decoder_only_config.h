#pragma once
#include "heed/model/architecture.h"
#include "heed/model/transformer_layer.h"
#include "heed/nn/positional_encoding.h"

namespace heed {

/// The sizes and choices of a decoder-only Transformer: enough to be GPT-2 (Radford et al., 2019) and Llama
/// (Touvron et al., 2023) in shape. The defaults are GPT-2's choices in a small size.
struct DecoderOnlyConfig {
  Index vocabulary = 0;
  Index width = 128, hidden = 512, heads = 4, key_value_heads = 0, layers = 4;
  double dropout = 0, hidden_dropout = 0;
  FeedForwardKind feed_forward = FeedForwardKind::gelu_tanh;
  NormOrder norm = NormOrder::pre;
  NormKind norm_kind = NormKind::layer;
  double norm_epsilon = 1e-5;
  PositionKind positions = PositionKind::learned;
  double rotary_base = 10'000;
  Index maximum_positions = 256;
  bool biases = true, tied_output = true;

  ModelSizes sizes() const { return {vocabulary, vocabulary, width, maximum_positions}; }
  /// The context becomes that of the data, if these say one.
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;
  TransformerLayerConfig layer() const;

  static constexpr auto fields() {
    using C = DecoderOnlyConfig;
    return std::tuple(
        field("vocabulary", &C::vocabulary, "tokens of the vocabulary", {0}),
        field("width", &C::width, "size of the vector of a token (d_model)", {1, 65536}),
        field("hidden", &C::hidden, "size of the feed-forward network's hidden layer (d_ff)", {1, 1 << 20}),
        field("heads", &C::heads, "heads of each attention", {1, 1024}),
        field(
            "key_value_heads", &C::key_value_heads,
            "heads of keys and values, which several heads of queries share (grouped-query attention); 0: as "
            "many as heads",
            {0, 1024}),
        field("layers", &C::layers, "number of layers", {1, 1000}),
        field("dropout", &C::dropout, "dropout rate of every sublayer's result and of the embeddings",
              {0, 0.95}),
        field("hidden_dropout", &C::hidden_dropout, "dropout rate of the feed-forward network's hidden layer",
              {0, 0.95}),
        field("feed_forward", &C::feed_forward, "activation of the feed-forward network"),
        field("norm", &C::norm, "normalization: post-norm, as in the paper, or pre-norm"),
        field("norm_kind", &C::norm_kind, "layer normalization, or RMS normalization without mean and bias"),
        field("norm_epsilon", &C::norm_epsilon, "what is added to the variance that is divided by",
              {1e-12, 0.1}),
        field("positions", &C::positions, "position encoding"),
        field("rotary_base", &C::rotary_base, "base of the wavelengths of rotary positions", {1, 1e9}),
        field("maximum_positions", &C::maximum_positions,
              "context of the model: the longest sequence, in tokens; if not given, the context that it is "
              "trained with",
              {1, 1 << 20}),
        field("biases", &C::biases, "whether linear layers have a bias, and layer normalization too"),
        field("tied_output", &C::tied_output, "the output projection is the embedding"));
  }
};

/// The sizes of a preset: tiny, small, gpt2 or llama. ConfigError for other names.
DecoderOnlyConfig decoder_only_preset(std::string_view name);

/// "transformer", a language model.
const Architecture& decoder_only_architecture();
inline const Architecture& architecture_of(const DecoderOnlyConfig&) { return decoder_only_architecture(); }

/// ConfigError if the numbers do not fit each other.
void validate(const DecoderOnlyConfig& config);

}  // namespace heed
