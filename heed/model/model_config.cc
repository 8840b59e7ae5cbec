#include "heed/model/model_config.h"

namespace heed {
namespace {

Architecture architecture(const TransformerConfig&) { return Architecture::transformer; }

Architecture architecture(const RecurrentConfig& c) {
  return c.cell == RecurrentCell::rnn    ? Architecture::rnn
         : c.cell == RecurrentCell::lstm ? Architecture::lstm
                                         : Architecture::gru;
}

std::string kind(const TransformerConfig&) { return "encoder-decoder Transformer"; }

std::string kind(const RecurrentConfig& c) {
  return message("encoder-decoder of ", enum_name(architecture(c)), " layers");
}

std::string summary(const TransformerConfig& c) {
  return message(c.encoder_layers, "+", c.decoder_layers, " layers, width ", c.width, ", hidden ", c.hidden,
                 ", ", c.heads, " heads");
}

std::string summary(const RecurrentConfig& c) {
  return message(c.encoder_layers, "+", c.decoder_layers, " ", enum_name(architecture(c)), " layers, width ",
                 c.width, ", hidden ", c.hidden, ", ",
                 c.attention == RecurrentAttention::none ? "no" : enum_name(c.attention), " attention");
}

using Facts = std::vector<std::pair<std::string, std::string>>;

Facts facts(const TransformerConfig& c) {
  return {{"encoder layers", std::to_string(c.encoder_layers)},
          {"decoder layers", std::to_string(c.decoder_layers)},
          {"heads", std::to_string(c.heads)},
          {"width", std::to_string(c.width)},
          {"hidden", std::to_string(c.hidden)},
          {"feed-forward", std::string(enum_name(c.feed_forward))},
          {"layer norm", std::string(enum_name(c.norm))},
          {"positions", std::string(enum_name(c.positions))}};
}

Facts facts(const RecurrentConfig& c) {
  return {{"cells", std::string(enum_name(architecture(c)))},
          {"attention", std::string(enum_name(c.attention))},
          {"encoder layers", std::to_string(c.encoder_layers)},
          {"decoder layers", std::to_string(c.decoder_layers)},
          {"width", std::to_string(c.width)},
          {"hidden", std::to_string(c.hidden)}};
}

ModelConfig recurrent(RecurrentCell cell) {
  RecurrentConfig config;
  config.cell = cell;
  return config;
}

}  // namespace

ModelConfig default_config(Architecture architecture) {
  switch (architecture) {
    case Architecture::rnn:
      return recurrent(RecurrentCell::rnn);
    case Architecture::lstm:
      return recurrent(RecurrentCell::lstm);
    case Architecture::gru:
      return recurrent(RecurrentCell::gru);
    case Architecture::transformer:
      break;
  }
  return TransformerConfig();
}

Architecture architecture_of(const ModelConfig& config) {
  return std::visit([](const auto& c) { return architecture(c); }, config);
}

Settings settings_of(ModelConfig& config) {
  return std::visit([](auto& c) { return settings_of(c); }, config);
}

ModelSizes sizes_of(const ModelConfig& config) {
  return std::visit(
      [](const auto& c) {
        return ModelSizes{c.source_vocabulary, c.target_vocabulary, c.width, c.longest_sequence()};
      },
      config);
}

void validate(const ModelConfig& config) {
  std::visit([](const auto& c) { validate(c); }, config);
}

std::string kind_of(const ModelConfig& config) {
  return std::visit([](const auto& c) { return kind(c); }, config);
}

std::string summary_of(const ModelConfig& config) {
  return std::visit([](const auto& c) { return summary(c); }, config);
}

Facts facts_of(const ModelConfig& config) {
  return std::visit([](const auto& c) { return facts(c); }, config);
}

}  // namespace heed
