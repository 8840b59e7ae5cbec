#include "heed/model/transformer_config.h"

#include <limits>

#include "heed/model/require_sizes.h"
#include "heed/model/transformer.h"

namespace heed {
namespace {

struct Preset {
  std::string_view name;
  TransformerConfig config;
};

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = [] {
    TransformerConfig tiny, small, base, big;
    tiny.encoder_layers = tiny.decoder_layers = 4;
    tiny.width = 128, tiny.hidden = 256, tiny.heads = 4, tiny.dropout = 0.3;
    small.encoder_layers = small.decoder_layers = 3;
    small.width = 256, small.hidden = 1024, small.heads = 4, small.dropout = 0.2;
    big.width = 1024, big.hidden = 4096, big.heads = 16, big.dropout = 0.3;
    return std::vector<Preset>{{"tiny", tiny}, {"small", small}, {"base", base}, {"big", big}};
  }();
  return all;
}

}  // namespace

Index TransformerConfig::longest_sequence() const {
  return positions == PositionKind::none ? std::numeric_limits<Index>::max() : maximum_positions;
}

void TransformerConfig::fit(const Vocabularies& v) {
  source_vocabulary = v.inputs;
  target_vocabulary = v.outputs;
  tying = v.joint ? Tying::all : Tying::target_output;
}

std::string TransformerConfig::summary() const {
  return message(encoder_layers, "+", decoder_layers, " layers, width ", width, ", hidden ", hidden, ", ",
                 heads, " heads");
}

ModelFacts TransformerConfig::facts() const {
  return {{"encoder layers", std::to_string(encoder_layers)},
          {"decoder layers", std::to_string(decoder_layers)},
          {"heads", std::to_string(heads)},
          {"width", std::to_string(width)},
          {"hidden", std::to_string(hidden)},
          {"feed-forward", std::string(enum_name(feed_forward))},
          {"layer norm", std::string(enum_name(norm))},
          {"positions", std::string(enum_name(positions))}};
}

TransformerLayerConfig TransformerConfig::layer() const {
  return {.width = width,
          .hidden = hidden,
          .heads = heads,
          .dropout = static_cast<float>(dropout),
          .hidden_dropout = static_cast<float>(hidden_dropout),
          .feed_forward = feed_forward,
          .norm = norm};
}

const Architecture& transformer_architecture() {
  static const Architecture entry = architecture_entry<TransformerConfig, Transformer>(
      EncoderDecoder::family, "transformer", "encoder-decoder Transformer", transformer_presets(),
      [](const Architecture&, std::string_view preset) {
        return std::any(transformer_preset(preset.empty() ? "tiny" : preset));
      });
  return entry;
}

TransformerConfig transformer_preset(std::string_view name) {
  for (const Preset& preset : presets())
    if (preset.name == name) return preset.config;
  throw ConfigError(message("preset '", name, "' is not known; there are tiny, small, base and big"));
}

std::vector<std::string_view> transformer_presets() {
  std::vector<std::string_view> names;
  for (const Preset& preset : presets()) names.push_back(preset.name);
  return names;
}

void validate(const TransformerConfig& config) {
  require_at_least("source_vocabulary", config.source_vocabulary, 1);
  require_at_least("target_vocabulary", config.target_vocabulary, 1);
  require_at_least("width", config.width, 1);
  require_at_least("hidden", config.hidden, 1);
  require_at_least("heads", config.heads, 1);
  require_at_least("encoder_layers", config.encoder_layers, 0);
  require_at_least("decoder_layers", config.decoder_layers, 1);
  require_at_least("maximum_positions", config.maximum_positions, 1);
  require_rate("dropout", config.dropout);
  require_rate("hidden_dropout", config.hidden_dropout);
  require_heads_fit(config.width, config.heads);
  require<ConfigError>(config.positions != PositionKind::rotary,
                       "positions are rotary, but an encoder-decoder has sinusoidal, learned or none");
  require_tying_fits(config.tying, config.source_vocabulary, config.target_vocabulary);
  require_copy_fits(config.copy, config.source_vocabulary, config.target_vocabulary);
}

}  // namespace heed
