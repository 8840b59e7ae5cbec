#include "heed/comparison/compared_models.h"

#include <cmath>

#include "heed/model/outline.h"
#include "heed/model/recurrent_config.h"
#include "heed/model/transformer_config.h"

namespace heed {
namespace {

ModelOptions transformer_options(const ComparedSizes& sizes) {
  ModelOptions options;
  options.architecture = "transformer";
  options.set("width", sizes.width).set("hidden", sizes.hidden).set("heads", sizes.heads);
  options.set("encoder_layers", sizes.encoder_layers).set("decoder_layers", sizes.decoder_layers);
  options.set("dropout", sizes.dropout);
  return options;
}

ModelOptions recurrent_options(RecurrentCell cell, RecurrentAttention attention, const ComparedSizes& sizes) {
  ModelOptions options;
  options.architecture = recurrent_architecture(cell).name;
  options.set("attention", attention).set("width", sizes.width).set("dropout", sizes.dropout);
  return options;
}

/// What the model is, its size left open.
ModelOptions options_of(ComparedModel model, const ComparedSizes& sizes) {
  ModelOptions options = transformer_options(sizes);
  using enum ComparedModel;
  switch (model) {
    case bag:
      options.set("encoder_layers", 0).set("positions", PositionKind::none);
      return options;
    case unordered:
      options.set("positions", PositionKind::none);
      return options;
    case rnn:
      return recurrent_options(RecurrentCell::rnn, RecurrentAttention::none, sizes);
    case rnn_luong:
      return recurrent_options(RecurrentCell::rnn, RecurrentAttention::luong, sizes);
    case gru:
      return recurrent_options(RecurrentCell::gru, RecurrentAttention::none, sizes);
    case gru_luong:
      return recurrent_options(RecurrentCell::gru, RecurrentAttention::luong, sizes);
    case lstm:
      return recurrent_options(RecurrentCell::lstm, RecurrentAttention::none, sizes);
    case lstm_luong:
      return recurrent_options(RecurrentCell::lstm, RecurrentAttention::luong, sizes);
    case lstm_bahdanau:
      return recurrent_options(RecurrentCell::lstm, RecurrentAttention::bahdanau, sizes);
    case transformer:
      break;
  }
  return options;
}

/// With tables of one token, which weigh nothing and are the same in all models.
Index count_of(const ModelOptions& options) { return parameter_count(options.config({1, 1, true})); }

}  // namespace

std::string_view title_of(ComparedModel model) {
  using enum ComparedModel;
  switch (model) {
    case bag:
      return "Bag of words";
    case unordered:
      return "Transformer without positions";
    case rnn:
      return "RNN";
    case rnn_luong:
      return "RNN, Luong's attention";
    case gru:
      return "GRU";
    case gru_luong:
      return "GRU, Luong's attention";
    case lstm:
      return "LSTM";
    case lstm_luong:
      return "LSTM, Luong's attention";
    case lstm_bahdanau:
      return "LSTM, Bahdanau's attention";
    case transformer:
      break;
  }
  return "Transformer";
}

Index parameter_count(const ModelConfig& config) { return outline_of(config)->store().count(); }

ModelOptions equally_large(ComparedModel model, const ComparedSizes& sizes) {
  ModelOptions options = options_of(model, sizes);
  const Index wanted = count_of(transformer_options(sizes));
  if (model == ComparedModel::transformer || model == ComparedModel::unordered) return options;
  const auto count = [&](Index half) {
    options.set("hidden", 2 * half);  // a recurrent state has two halves
    return count_of(options);
  };
  // A hidden size beyond any that is needed, then the first that is large enough.
  Index enough = 1;
  while (count(enough) < wanted) enough *= 2;
  for (Index too_small = enough / 2; enough - too_small > 1;) {
    const Index middle = (too_small + enough) / 2;
    (count(middle) < wanted ? too_small : enough) = middle;
  }
  if (enough > 1 && wanted - count(enough - 1) < count(enough) - wanted) --enough;
  options.set("hidden", 2 * enough);
  return options;
}

}  // namespace heed
