#pragma once
#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// What reads the words of a text in their order.
enum class SequenceEncoder { transformer, rnn, gru, lstm };
template <>
struct EnumNames<SequenceEncoder> {
  static constexpr std::array names{
      std::pair{"transformer", SequenceEncoder::transformer}, std::pair{"rnn", SequenceEncoder::rnn},
      std::pair{"gru", SequenceEncoder::gru}, std::pair{"lstm", SequenceEncoder::lstm}};
};

/// How a vector for each word becomes one for the text.
enum class Pooling { max, mean, last };
template <>
struct EnumNames<Pooling> {
  static constexpr std::array names{std::pair{"max", Pooling::max}, std::pair{"mean", Pooling::mean},
                                    std::pair{"last", Pooling::last}};
};

/// The sizes and choices of a network that reads words in their order.
struct SequenceConfig {
  SequenceEncoder encoder = SequenceEncoder::transformer;  // no field: `--model` says it
  Pooling pooling = Pooling::max;
  Index width = 128, hidden = 256, layers = 1, heads = 4;
  bool bidirectional = true;
  double dropout = 0.3;
  Index maximum_words = 512;

  static constexpr std::string_view title = "Sequence models";
  static constexpr auto fields() {
    using C = SequenceConfig;
    return std::tuple(
        field("pooling", &C::pooling,
              "how the words' vectors become the text's: the largest or the mean of each column, or a "
              "recurrent network's last state"),
        field("width", &C::width, "size of the vector of a word", {1, 8192}),
        field("hidden", &C::hidden,
              "size of a Transformer's hidden layers, or of a recurrent network's state, both directions "
              "together",
              {1, 32768}),
        field("layers", &C::layers, "layers of the network", {1, 100}),
        field("heads", &C::heads, "heads of each attention of a Transformer", {1, 8192}),
        field("bidirectional", &C::bidirectional, "a recurrent network reads texts backwards, too"),
        field("dropout", &C::dropout, "share dropped of what each layer is given, and of the text's vector",
              {0, 0.95}),
        field("maximum_words", &C::maximum_words, "words of a text that are read, the first ones",
              {1, 65000}));
  }
};

/// ConfigError if the choices do not fit each other (a width that does not divide into the heads, say).
void validate(const SequenceConfig& config);

}  // namespace heed
