#pragma once
#include "heed/model/transformer.h"
#include "heed/ops/cross_entropy.h"
#include "tests/support/parameters.h"

namespace heed {

/// A Transformer small enough to differentiate by hand, with all its parts.
inline TransformerConfig tiny_config() {
  TransformerConfig config;
  config.source_vocabulary = config.target_vocabulary = 7;
  config.width = 4, config.hidden = 6, config.heads = 2;
  config.encoder_layers = 1, config.decoder_layers = 2;
  config.dropout = 0, config.maximum_positions = 16;
  return config;
}

/// Sentences one after the other.
struct Tokens {
  std::vector<Index> tokens;
  Segments segments;
};

inline Tokens tokens_of(const std::vector<std::vector<Index>>& sentences) {
  Tokens all;
  std::vector<Index> lengths;
  for (const auto& sentence : sentences) {
    all.tokens.insert(all.tokens.end(), sentence.begin(), sentence.end());
    lengths.push_back(static_cast<Index>(sentence.size()));
  }
  all.segments = Segments::packed(lengths);
  return all;
}

/// What the model says after each target token.
inline Tensor logits_of(const SequenceModel& model, Backend& backend, const Tokens& source,
                        const Tokens& target) {
  Pass pass = Pass::inference(backend);
  return model(pass, source.tokens, source.segments, target.tokens, target.segments).value();
}

}  // namespace heed
