#include "heed/model/model_config.h"

namespace heed {
namespace {

Architecture architecture(const TransformerConfig&) { return Architecture::transformer; }

std::string kind(const TransformerConfig&) { return "encoder-decoder Transformer"; }

std::string summary(const TransformerConfig& c) {
  return message(c.encoder_layers, "+", c.decoder_layers, " layers, width ", c.width, ", hidden ", c.hidden,
                 ", ", c.heads, " heads");
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

}  // namespace

ModelConfig default_config(Architecture) { return TransformerConfig(); }

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
