#pragma once
#include <optional>
#include <string>

#include "heed/model/model_config.h"

namespace heed {

/// An architecture, a preset of it, and what is to differ from that.
struct ModelOptions {
  std::optional<Architecture> architecture;
  std::optional<RecurrentAttention> attention;
  std::optional<std::string> preset;
  std::optional<Index> width, hidden, heads, encoder_layers, decoder_layers, maximum_positions;
  std::optional<double> dropout, hidden_dropout;
  std::optional<FeedForwardKind> feed_forward;
  std::optional<NormOrder> norm;
  std::optional<PositionKind> positions;
  std::optional<Tying> tying;

  static constexpr std::string_view title = "Model";
  static constexpr auto fields() {
    using M = ModelOptions;
    return std::tuple(
        field("architecture", &M::architecture,
              "what the model is made of: attention alone, or recurrent layers; if not given, transformer"),
        field("attention", &M::attention,
              "how a recurrent decoder looks at the source; if not given, none: it knows the encoder's last "
              "state alone"),
        field("preset", &M::preset,
              "sizes of a Transformer to start from: tiny, small, or the paper's base and big; if not given, "
              "tiny"),
        field("width", &M::width, "size of the vector of a token (d_model)", {1, 65536}),
        field("hidden", &M::hidden,
              "size of the feed-forward network's hidden layer (d_ff), or of a recurrent decoder's state",
              {1, 1 << 20}),
        field("heads", &M::heads, "heads of each attention of a Transformer", {1, 1024}),
        field("encoder_layers", &M::encoder_layers, "layers of the encoder", {0, 1000}),
        field("decoder_layers", &M::decoder_layers, "layers of the decoder", {1, 1000}),
        field("dropout", &M::dropout,
              "share dropped of every sublayer's or layer's result and of the embeddings", {0, 0.95}),
        field("hidden_dropout", &M::hidden_dropout,
              "share dropped of the feed-forward network's hidden layer", {0, 0.95}),
        field("feed_forward", &M::feed_forward, "activation of the feed-forward network"),
        field("norm", &M::norm, "layer normalization after the sum, as in the paper, or before the sublayer"),
        field("positions", &M::positions, "how the order of tokens is told"),
        field("maximum_positions", &M::maximum_positions, "longest sequence, in tokens", {8, 1 << 20}),
        field("tying", &M::tying, "which of the source's, target's and output's tables are one"));
  }

  /// The config of a model with these vocabularies. Tying is as wide as the vocabularies allow unless it is
  /// given. ConfigError for options that the architecture does not have.
  ModelConfig config(Index source_vocabulary, Index target_vocabulary, bool joint) const;

  /// A config with the dropouts that are given in place of its own: they may differ from a run to the next.
  ModelConfig with_dropouts(ModelConfig config) const;
  /// What these options ask for where all that they leave open is as `config` has it; it is of the
  /// architecture that they name, if they name one.
  ModelConfig like(const ModelConfig& config) const;
};

}  // namespace heed
