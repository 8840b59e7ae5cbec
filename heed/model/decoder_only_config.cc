#include "heed/model/decoder_only_config.h"

#include <algorithm>
#include <cmath>

#include "heed/model/decoder_only_transformer.h"
#include "heed/model/require_sizes.h"

namespace heed {
namespace {

struct DecoderOnlyPreset {
  std::string_view name;
  DecoderOnlyConfig config;
};

const std::vector<DecoderOnlyPreset>& decoder_only_presets() {
  static const std::vector<DecoderOnlyPreset> all = [] {
    DecoderOnlyConfig tiny, small, gpt2, llama;
    // Rotary positions learn far faster from little text than a learned table does.
    for (DecoderOnlyConfig* own : {&tiny, &small}) {
      own->positions = PositionKind::rotary, own->norm_kind = NormKind::rms;
      own->biases = false;
    }
    small.layers = 6, small.heads = 6, small.width = 384, small.hidden = 1536, small.dropout = 0.2;
    // GPT-2 of 124 million parameters: Radford et al. (2019), table 2.
    gpt2.layers = 12, gpt2.heads = 12, gpt2.width = 768, gpt2.hidden = 3072, gpt2.dropout = 0.1;
    gpt2.maximum_positions = 1024;
    // The shape of Llama (Touvron et al., 2023, section 2.2) in the size of that GPT-2, with the shared keys
    // of its successors.
    llama.layers = 12, llama.heads = 12, llama.key_value_heads = 4, llama.width = 768, llama.hidden = 2048;
    llama.feed_forward = FeedForwardKind::swiglu, llama.norm_kind = NormKind::rms;
    llama.positions = PositionKind::rotary, llama.maximum_positions = 2048;
    llama.biases = llama.tied_output = false;
    return std::vector<DecoderOnlyPreset>{{"tiny", tiny}, {"small", small}, {"gpt2", gpt2}, {"llama", llama}};
  }();
  return all;
}

std::string key_value_heads_text(const DecoderOnlyConfig& config) {
  const bool fewer = config.key_value_heads > 0 && config.key_value_heads < config.heads;
  return fewer ? message(" (", config.key_value_heads, " of keys and values)") : "";
}

}  // namespace

void DecoderOnlyConfig::fit(const Vocabularies& vocabularies) {
  vocabulary = vocabularies.inputs;
  if (vocabularies.context > 0) maximum_positions = vocabularies.context;
}

std::string DecoderOnlyConfig::summary() const {
  return message(layers, " layers, width ", width, ", hidden ", hidden, ", ", heads, " heads",
                 key_value_heads_text(*this), ", context ", maximum_positions);
}

ModelFacts DecoderOnlyConfig::facts() const {
  return {{"layers", std::to_string(layers)},
          {"heads", std::to_string(heads) + key_value_heads_text(*this)},
          {"width", std::to_string(width)},
          {"hidden", std::to_string(hidden)},
          {"feed-forward", std::string(enum_name(feed_forward))},
          {"normalization", message(enum_name(norm_kind), ", ", enum_name(norm), "-norm")},
          {"positions", std::string(enum_name(positions))},
          {"context", std::to_string(maximum_positions)},
          {"biases", biases ? "yes" : "no"},
          {"output projection", tied_output ? "the embedding" : "its own"}};
}

TransformerLayerConfig DecoderOnlyConfig::layer() const {
  // As GPT-2 starts: N(0, 0.02), and less where 2 * layers results are added to one residual (Radford et al.,
  // 2019, section 2.3).
  const float deviation = 0.02f;
  TransformerLayerConfig layer{
      .width = width,
      .hidden = hidden,
      .heads = heads,
      .dropout = static_cast<float>(dropout),
      .hidden_dropout = static_cast<float>(hidden_dropout),
      .feed_forward = feed_forward,
      .norm = norm,
      .normalization = {.kind = norm_kind, .epsilon = static_cast<float>(norm_epsilon), .bias = biases},
      .key_value_heads = key_value_heads,
      .biases = biases,
      .start = {.within = normal(deviation),
                .result = normal(deviation / std::sqrt(static_cast<float>(2 * layers)))}};
  if (positions == PositionKind::rotary)
    layer.rotary = RotaryOptions{.base = static_cast<float>(rotary_base)};
  return layer;
}

const Architecture& decoder_only_architecture() {
  static const Architecture entry = [] {
    std::vector<std::string_view> names;
    for (const DecoderOnlyPreset& preset : decoder_only_presets()) names.push_back(preset.name);
    return architecture_entry<DecoderOnlyConfig, DecoderOnlyTransformer>(
        LanguageModel::family, "transformer", "decoder-only Transformer", names,
        [](const Architecture&, std::string_view preset) {
          return std::any(decoder_only_preset(preset.empty() ? "tiny" : preset));
        });
  }();
  return entry;
}

DecoderOnlyConfig decoder_only_preset(std::string_view name) {
  const auto found = std::ranges::find(decoder_only_presets(), name, &DecoderOnlyPreset::name);
  require<ConfigError>(found != decoder_only_presets().end(), "preset '", name,
                       "' is not known; there are tiny, small, gpt2 and llama");
  return found->config;
}

void validate(const DecoderOnlyConfig& config) {
  require_at_least("vocabulary", config.vocabulary, 1);
  require_at_least("width", config.width, 1);
  require_at_least("hidden", config.hidden, 1);
  require_at_least("heads", config.heads, 1);
  require_at_least("key_value_heads", config.key_value_heads, 0);
  require_at_least("layers", config.layers, 1);
  require_at_least("maximum_positions", config.maximum_positions, 1);
  require_rate("dropout", config.dropout);
  require_rate("hidden_dropout", config.hidden_dropout);
  require<ConfigError>(config.norm_epsilon > 0, "norm_epsilon is ", config.norm_epsilon,
                       ", but must be above 0");
  require_heads_fit(config.width, config.heads);
  require<ConfigError>(config.key_value_heads == 0 || config.heads % config.key_value_heads == 0,
                       config.heads, " heads do not share ", config.key_value_heads,
                       " heads of keys and values evenly; choose key_value_heads that divides heads");
  require<ConfigError>(config.positions != PositionKind::rotary || config.width / config.heads % 2 == 0,
                       "rotary positions turn pairs of columns, but width ", config.width, " over ",
                       config.heads, " heads leaves each an odd number; choose other heads or positions");
}

}  // namespace heed
