#pragma once
#include "heed/backend/backend.h"
#include "heed/model/architecture.h"
#include "heed/model/tying.h"

namespace heed {

/// How a recurrent decoder looks at its source: not at all, only its first state comes from there (Sutskever
/// et al., 2014; Cho et al., 2014); with scores from a small network before each step (Bahdanau et al.,
/// 2015); or with products of states after it (Luong et al., 2015, their "general" score).
enum class RecurrentAttention { none, bahdanau, luong };
template <>
struct EnumNames<RecurrentAttention> {
  static constexpr std::array names{std::pair{"none", RecurrentAttention::none},
                                    std::pair{"bahdanau", RecurrentAttention::bahdanau},
                                    std::pair{"luong", RecurrentAttention::luong}};
};

/// The sizes and choices of a recurrent encoder-decoder. Which cell it is made of is its architecture. The
/// defaults have about as many parameters as the tiny Transformer.
struct RecurrentConfig {
  RecurrentCell cell = RecurrentCell::lstm;
  Index source_vocabulary = 0, target_vocabulary = 0;
  Index width = 128, hidden = 256, encoder_layers = 2, decoder_layers = 1;
  RecurrentAttention attention = RecurrentAttention::none;
  double dropout = 0.3;
  Tying tying = Tying::all;
  bool copy = false;

  /// Tokens that a sentence may have: any number.
  static Index longest_sequence();
  ModelSizes sizes() const { return {source_vocabulary, target_vocabulary, width, longest_sequence()}; }
  /// Tables are tied as far as the vocabularies allow.
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;

  static constexpr auto fields() {
    using C = RecurrentConfig;
    return std::tuple(
        field("source_vocabulary", &C::source_vocabulary, "pieces of the source side", {0}),
        field("target_vocabulary", &C::target_vocabulary, "pieces of the target side", {0}),
        field("width", &C::width, "size of the vector of a token", {1, 65536}),
        field("hidden", &C::hidden,
              "size of the decoder's state; the encoder has half of it for each direction", {2, 1 << 20}),
        field("encoder_layers", &C::encoder_layers, "layers of the encoder, each in both directions",
              {1, 1000}),
        field("decoder_layers", &C::decoder_layers, "layers of the decoder", {1, 1000}),
        field("attention", &C::attention, "attention of a recurrent decoder to the source"),
        field("dropout", &C::dropout, "dropout rate of each layer's input and of the last layer's output",
              {0, 0.95}),
        field("tying", &C::tying,
              "which tables are tied: embeddings of source and target, and the output projection"),
        field(
            "copy", &C::copy,
            "copy head (pointer-generator): the next token is generated, or copied from the source; needs a "
            "joint vocabulary"));
  }
};

/// "rnn", "lstm" or "gru", an encoder-decoder.
const Architecture& recurrent_architecture(RecurrentCell cell);
inline const Architecture& architecture_of(const RecurrentConfig& config) {
  return recurrent_architecture(config.cell);
}

/// ConfigError if the numbers do not fit each other (a state that cannot be halved, say).
void validate(const RecurrentConfig& config);

}  // namespace heed
