#include "heed/model/transformer_classifier_config.h"

#include <limits>

#include "heed/model/transformer_classifier.h"

namespace heed {

Index TransformerClassifierConfig::longest_sequence() const {
  return positions == PositionKind::none ? std::numeric_limits<Index>::max() : maximum_positions;
}

void TransformerClassifierConfig::fit(const Vocabularies& v) {
  vocabulary = v.inputs;
  classes = v.outputs;
}

std::string TransformerClassifierConfig::summary() const {
  return message(layers, layers == 1 ? " layer" : " layers", ", width ", width, ", hidden ", hidden, ", ",
                 heads, " heads, ", enum_name(pooling), " pooling, ", classes, " classes");
}

ModelFacts TransformerClassifierConfig::facts() const {
  return {{"layers", std::to_string(layers)},
          {"heads", std::to_string(heads)},
          {"width", std::to_string(width)},
          {"hidden", std::to_string(hidden)},
          {"pooling", std::string(enum_name(pooling))},
          {"classes", std::to_string(classes)},
          {"feed-forward", std::string(enum_name(feed_forward))},
          {"layer norm", std::string(enum_name(norm))},
          {"positions", std::string(enum_name(positions))}};
}

TransformerLayerConfig TransformerClassifierConfig::layer() const {
  return {.width = width,
          .hidden = hidden,
          .heads = heads,
          .dropout = static_cast<float>(dropout),
          .feed_forward = feed_forward,
          .norm = norm};
}

const Architecture& transformer_classifier_architecture() {
  static const Architecture entry = architecture_entry<TransformerClassifierConfig, TransformerClassifier>(
      Classifier::family, "transformer", "encoder of a Transformer that classifies", {},
      [](const Architecture&, std::string_view) { return std::any(TransformerClassifierConfig{}); });
  return entry;
}

void validate(const TransformerClassifierConfig& config) {
  const auto at_least = [](std::string_view name, Index number, Index least) {
    require<ConfigError>(number >= least, name, " is ", number, ", but must be at least ", least);
  };
  at_least("vocabulary", config.vocabulary, 1);
  at_least("classes", config.classes, 2);
  at_least("width", config.width, 1);
  at_least("hidden", config.hidden, 1);
  at_least("layers", config.layers, 1);
  at_least("heads", config.heads, 1);
  at_least("maximum_positions", config.maximum_positions, 1);
  require<ConfigError>(config.dropout >= 0 && config.dropout < 1, "dropout is ", config.dropout,
                       ", but must be from 0 to below 1");
  require<ConfigError>(config.width % config.heads == 0, "width ", config.width, " does not divide into ",
                       config.heads, " heads");
  require<ConfigError>(config.pooling != Pooling::last,
                       "pooling last: a Transformer has no last state; take max or mean");
}

}  // namespace heed
