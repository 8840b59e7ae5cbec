#include "heed/model/bert_config.h"

#include <algorithm>

#include "heed/model/bert.h"
#include "heed/model/bert_classifier.h"
#include "heed/model/require_sizes.h"

namespace heed {
namespace {

struct Preset {
  std::string_view name;
  Index layers, width;
};

// Heads of 64 columns, and a hidden layer of four times the width.
constexpr std::array presets{Preset{"bert-tiny", 2, 128}, Preset{"bert-mini", 4, 256},
                             Preset{"bert-small", 4, 512}};

std::vector<std::string_view> preset_names() {
  std::vector<std::string_view> names;
  for (const Preset& preset : presets) names.push_back(preset.name);
  return names;
}

BertConfig preset_or_default(std::string_view name) {
  return bert_preset(name.empty() ? presets.front().name : name);
}

}  // namespace

BertConfig bert_preset(std::string_view name) {
  const auto found = std::ranges::find(presets, name, &Preset::name);
  require<ConfigError>(found != presets.end(), "preset '", name,
                       "' is not known; there are bert-tiny, bert-mini and bert-small");
  BertConfig config;
  config.layers = found->layers, config.width = found->width;
  config.hidden = 4 * found->width, config.heads = found->width / 64;
  return config;
}

void BertConfig::fit(const Vocabularies& vocabularies) {
  vocabulary = vocabularies.inputs;
  if (vocabularies.context > 0) maximum_positions = vocabularies.context;
}

std::string BertConfig::summary() const {
  return message(layers, layers == 1 ? " layer" : " layers", ", width ", width, ", hidden ", hidden, ", ",
                 heads, " heads, ", maximum_positions, " positions");
}

ModelFacts BertConfig::facts() const {
  return {{"layers", std::to_string(layers)},
          {"heads", std::to_string(heads)},
          {"width", std::to_string(width)},
          {"hidden", std::to_string(hidden)},
          {"feed-forward", std::string(enum_name(feed_forward))},
          {"layer norm", std::string(enum_name(norm))},
          {"positions", std::to_string(maximum_positions)},
          {"token types", std::to_string(token_types)}};
}

TransformerLayerConfig BertConfig::layer() const {
  return {.width = width,
          .hidden = hidden,
          .heads = heads,
          .dropout = static_cast<float>(dropout),
          .feed_forward = feed_forward,
          .norm = norm,
          .normalization = {.epsilon = static_cast<float>(norm_epsilon)},
          .start = {.within = start(), .result = start()}};
}

ModelSizes BertClassifierConfig::sizes() const {
  ModelSizes sizes = BertConfig::sizes();
  sizes.outputs = classes;
  return sizes;
}

void BertClassifierConfig::fit(const Vocabularies& vocabularies) {
  BertConfig::fit(vocabularies);
  classes = vocabularies.outputs;
}

std::string BertClassifierConfig::summary() const {
  return message(BertConfig::summary(), ", ", pooling_text(pooling), ", ", classes, " classes");
}

ModelFacts BertClassifierConfig::facts() const {
  ModelFacts facts = BertConfig::facts();
  facts.emplace_back("pooling", enum_name(pooling));
  facts.emplace_back("classes", std::to_string(classes));
  return facts;
}

const Architecture& bert_architecture() {
  static const Architecture entry = architecture_entry<BertConfig, Bert>(
      MaskedLanguageModel::family, "bert", "encoder (BERT)", preset_names(),
      [](const Architecture&, std::string_view preset) { return std::any(preset_or_default(preset)); });
  return entry;
}

const Architecture& bert_classifier_architecture() {
  static const Architecture entry = architecture_entry<BertClassifierConfig, BertClassifier>(
      Classifier::family, "bert", "encoder (BERT) that classifies", preset_names(),
      [](const Architecture&, std::string_view preset) {
        BertClassifierConfig config;
        static_cast<BertConfig&>(config) = preset_or_default(preset);
        return std::any(config);
      });
  return entry;
}

void validate(const BertConfig& config) {
  require_at_least("vocabulary", config.vocabulary, 1);
  require_at_least("width", config.width, 1);
  require_at_least("hidden", config.hidden, 1);
  require_at_least("layers", config.layers, 1);
  require_at_least("heads", config.heads, 1);
  require_at_least("maximum_positions", config.maximum_positions, 1);
  require_at_least("token_types", config.token_types, 0);
  require_rate("dropout", config.dropout);
  require<ConfigError>(config.norm_epsilon > 0, "norm_epsilon is ", config.norm_epsilon,
                       ", but must be above 0");
  require_heads_fit(config.width, config.heads);
}

void validate(const BertClassifierConfig& config) {
  validate(static_cast<const BertConfig&>(config));
  require_at_least("classes", config.classes, 2);
  require<ConfigError>(config.pooling != Pooling::last,
                       "pooling last: a Transformer has no last state; take first, max or mean");
}

}  // namespace heed
