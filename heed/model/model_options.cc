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

void adapt_dropouts(const ModelOptions& o, TransformerConfig& c) {
  c.dropout = o.dropout.value_or(c.dropout);
  c.hidden_dropout = o.hidden_dropout.value_or(c.hidden_dropout);
}

/// A preset says nothing of vocabularies, kinds and dropouts.
void take_sizes_of_preset(std::string_view name, TransformerConfig& c) {
  const TransformerConfig preset = transformer_preset(name);
  c.width = preset.width, c.hidden = preset.hidden, c.heads = preset.heads;
  c.encoder_layers = preset.encoder_layers, c.decoder_layers = preset.decoder_layers;
}

}  // namespace

ModelConfig ModelOptions::config(Index source_vocabulary, Index target_vocabulary, bool joint) const {
  TransformerConfig c = transformer_preset(preset.value_or("tiny"));
  c.source_vocabulary = source_vocabulary;
  c.target_vocabulary = target_vocabulary;
  c.tying = joint ? Tying::all : Tying::target_output;
  adapt(*this, c);
  validate(c);
  return c;
}

ModelConfig ModelOptions::with_dropouts(ModelConfig config) const {
  std::visit([&](auto& c) { adapt_dropouts(*this, c); }, config);
  return config;
}

ModelConfig ModelOptions::like(const ModelConfig& config) const {
  TransformerConfig c = std::get<TransformerConfig>(config);
  if (preset) take_sizes_of_preset(*preset, c);
  adapt(*this, c);
  return c;
}

}  // namespace heed
