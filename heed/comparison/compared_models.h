#pragma once
#include "heed/model/model_options.h"

namespace heed {

/// The models that are compared, from those that know nothing of the order of the source's words to the
/// Transformer.
enum class ComparedModel {
  bag,        // the decoder looks at the source's bare words: no order, no context
  unordered,  // a Transformer without positions: the source's words meet, but have no order
  rnn,        // from here on, those without attention see the source as a single vector
  rnn_luong,
  gru,
  gru_luong,
  lstm,
  lstm_luong,
  lstm_bahdanau,
  transformer,
};
template <>
struct EnumNames<ComparedModel> {
  static constexpr std::array names{
      std::pair{"bag", ComparedModel::bag},
      std::pair{"unordered", ComparedModel::unordered},
      std::pair{"rnn", ComparedModel::rnn},
      std::pair{"rnn-luong", ComparedModel::rnn_luong},
      std::pair{"gru", ComparedModel::gru},
      std::pair{"gru-luong", ComparedModel::gru_luong},
      std::pair{"lstm", ComparedModel::lstm},
      std::pair{"lstm-luong", ComparedModel::lstm_luong},
      std::pair{"lstm-bahdanau", ComparedModel::lstm_bahdanau},
      std::pair{"transformer", ComparedModel::transformer},
  };
};

/// For people: "LSTM, Luong's attention".
std::string_view title_of(ComparedModel model);

/// The sizes of the Transformer that the others are made as large as.
struct ComparedSizes {
  Index width = 128, hidden = 256, heads = 4, encoder_layers = 4, decoder_layers = 4;
  double dropout = 0.1;

  static constexpr std::string_view title = "Models";
  static constexpr auto fields() {
    using C = ComparedSizes;
    return std::tuple(
        field("width", &C::width, "dimension of token vectors (d_model) in every model", {2, 65536}),
        field("hidden", &C::hidden,
              "dimension of the Transformer's feed-forward layers; the other models get the hidden size that "
              "gives them as many parameters",
              {2, 65536}),
        field("heads", &C::heads, "attention heads of the Transformer", {1, 1024}),
        field("encoder_layers", &C::encoder_layers, "encoder layers of the Transformer", {1, 1000}),
        field("decoder_layers", &C::decoder_layers, "decoder layers of the Transformer", {1, 1000}),
        field("dropout", &C::dropout, "dropout rate in every model", {0, 0.95}));
  }
};

/// The options of a model that has about as many parameters as the Transformer of these sizes, tables of
/// tokens apart: they are as wide in all of them. ConfigError if the sizes do not fit each other.
ModelOptions equally_large(ComparedModel model, const ComparedSizes& sizes);

/// Parameters of a model, counted without making any of them.
Index parameter_count(const ModelConfig& config);

}  // namespace heed
