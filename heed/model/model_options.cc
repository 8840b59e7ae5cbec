#include "heed/model/model_options.h"

namespace heed {

TransformerConfig ModelOptions::config(Index source_vocabulary, Index target_vocabulary, bool joint) const {
  TransformerConfig c = transformer_preset(preset.value_or("tiny"));
  c.source_vocabulary = source_vocabulary;
  c.target_vocabulary = target_vocabulary;
  c.tying = joint ? Tying::all : Tying::target_output;
  adapt(c);
  validate(c);
  return c;
}

void ModelOptions::adapt(TransformerConfig& c) const {
  c.width = width.value_or(c.width);
  c.hidden = hidden.value_or(c.hidden);
  c.heads = heads.value_or(c.heads);
  c.encoder_layers = encoder_layers.value_or(c.encoder_layers);
  c.decoder_layers = decoder_layers.value_or(c.decoder_layers);
  c.maximum_positions = maximum_positions.value_or(c.maximum_positions);
  c.dropout = dropout.value_or(c.dropout);
  c.hidden_dropout = hidden_dropout.value_or(c.hidden_dropout);
  c.feed_forward = feed_forward.value_or(c.feed_forward);
  c.norm = norm.value_or(c.norm);
  c.positions = positions.value_or(c.positions);
  c.tying = tying.value_or(c.tying);
}

}  // namespace heed
