#include "heed/model/transformer_classifier_config.h"

#include <limits>

#include "heed/model/require_sizes.h"
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
                 heads, " heads, ", pooling_text(pooling), ", ", classes, " classes");
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
  require_at_least("vocabulary", config.vocabulary, 1);
  require_at_least("classes", config.classes, 2);
  require_at_least("width", config.width, 1);
  require_at_least("hidden", config.hidden, 1);
  require_at_least("layers", config.layers, 1);
  require_at_least("heads", config.heads, 1);
  require_at_least("maximum_positions", config.maximum_positions, 1);
  require_rate("dropout", config.dropout);
  require_heads_fit(config.width, config.heads);
  require<ConfigError>(config.pooling != Pooling::last,
                       "pooling last: a Transformer has no last state; take first, max or mean");
}

}  // namespace heed
