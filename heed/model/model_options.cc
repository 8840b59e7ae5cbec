#include "heed/model/model_options.h"

namespace heed {
namespace {

/// Puts what is given, the preset left aside, in place of what a config has.
void adapt(const ModelOptions& o, TransformerConfig& c) {
  c.width = o.width.value_or(c.width);
  c.hidden = o.hidden.value_or(c.hidden);
  c.heads = o.heads.value_or(c.heads);
  c.encoder_layers = o.encoder_layers.value_or(c.encoder_layers);
  c.decoder_layers = o.decoder_layers.value_or(c.decoder_layers);
  c.maximum_positions = o.maximum_positions.value_or(c.maximum_positions);
  c.dropout = o.dropout.value_or(c.dropout);
  c.hidden_dropout = o.hidden_dropout.value_or(c.hidden_dropout);
  c.feed_forward = o.feed_forward.value_or(c.feed_forward);
  c.norm = o.norm.value_or(c.norm);
  c.positions = o.positions.value_or(c.positions);
  c.tying = o.tying.value_or(c.tying);
}

void adapt(const ModelOptions& o, RecurrentConfig& c) {
  c.attention = o.attention.value_or(c.attention);
  c.width = o.width.value_or(c.width);
  c.hidden = o.hidden.value_or(c.hidden);
  c.encoder_layers = o.encoder_layers.value_or(c.encoder_layers);
  c.decoder_layers = o.decoder_layers.value_or(c.decoder_layers);
  c.dropout = o.dropout.value_or(c.dropout);
  c.tying = o.tying.value_or(c.tying);
}

void adapt_dropouts(const ModelOptions& o, TransformerConfig& c) {
  c.dropout = o.dropout.value_or(c.dropout);
  c.hidden_dropout = o.hidden_dropout.value_or(c.hidden_dropout);
}

void adapt_dropouts(const ModelOptions& o, RecurrentConfig& c) { c.dropout = o.dropout.value_or(c.dropout); }

/// ConfigError for what is given but not for this architecture.
void require_options_of(const ModelOptions& o, const TransformerConfig&) {
  require<ConfigError>(
      !o.attention, "attention ", o.attention ? enum_name(*o.attention) : "",
      " is for recurrent models: a Transformer attends in every layer; choose architecture rnn, "
      "lstm or gru with it, or leave it away");
}

void require_options_of(const ModelOptions& o, const RecurrentConfig& c) {
  const auto absent = [&](std::string_view name, bool given) {
    require<ConfigError>(!given, name, " is for Transformers; a model of architecture ",
                         enum_name(architecture_of(c)), " has none: leave it away");
  };
  absent("preset", o.preset.has_value());
  absent("heads", o.heads.has_value());
  absent("maximum_positions", o.maximum_positions.has_value());
  absent("hidden_dropout", o.hidden_dropout.has_value());
  absent("feed_forward", o.feed_forward.has_value());
  absent("norm", o.norm.has_value());
  absent("positions", o.positions.has_value());
}

/// A preset says nothing of vocabularies, kinds and dropouts.
void take_sizes_of_preset(std::string_view name, TransformerConfig& c) {
  const TransformerConfig preset = transformer_preset(name);
  c.width = preset.width, c.hidden = preset.hidden, c.heads = preset.heads;
  c.encoder_layers = preset.encoder_layers, c.decoder_layers = preset.decoder_layers;
}

ModelConfig start_of(const ModelOptions& o) {
  const Architecture architecture = o.architecture.value_or(Architecture::transformer);
  if (architecture == Architecture::transformer) return transformer_preset(o.preset.value_or("tiny"));
  return default_config(architecture);
}

}  // namespace

ModelConfig ModelOptions::config(Index source_vocabulary, Index target_vocabulary, bool joint) const {
  ModelConfig config = start_of(*this);
  std::visit(
      [&](auto& c) {
        require_options_of(*this, c);
        c.source_vocabulary = source_vocabulary;
        c.target_vocabulary = target_vocabulary;
        c.tying = joint ? Tying::all : Tying::target_output;
        adapt(*this, c);
      },
      config);
  validate(config);
  return config;
}

ModelConfig ModelOptions::with_dropouts(ModelConfig config) const {
  std::visit([&](auto& c) { adapt_dropouts(*this, c); }, config);
  return config;
}

ModelConfig ModelOptions::like(const ModelConfig& config) const {
  ModelConfig asked = config;
  if (architecture && *architecture != architecture_of(config)) asked = default_config(*architecture);
  std::visit([&](const auto& c) { require_options_of(*this, c); }, asked);
  if (auto* transformer = std::get_if<TransformerConfig>(&asked); transformer && preset)
    take_sizes_of_preset(*preset, *transformer);
  std::visit([&](auto& c) { adapt(*this, c); }, asked);
  return asked;
}

}  // namespace heed
