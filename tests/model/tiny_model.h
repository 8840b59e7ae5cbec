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
inline TokenBatch tokens_of(const std::vector<std::vector<Index>>& sentences) {
  std::vector<Index> tokens, lengths;
  for (const auto& sentence : sentences) {
    tokens.insert(tokens.end(), sentence.begin(), sentence.end());
    lengths.push_back(static_cast<Index>(sentence.size()));
  }
  return TokenBatch::packed(std::move(tokens), lengths);
}

/// What the model says after each target token.
inline Tensor logits_of(const EncoderDecoder& model, Backend& backend, const TokenBatch& source,
                        const TokenBatch& target) {
  Pass pass = Pass::inference(backend);
  return model(pass, source, target).value();
}

/// What is dropped of an example depends on its number, not on its place in a batch nor on its neighbors.
inline void expect_dropout_follows_examples(const EncoderDecoder& model, Backend& backend,
                                            const std::vector<std::vector<Index>>& sources,
                                            const std::vector<std::vector<Index>>& targets) {
  const auto logits = [&](const std::vector<std::size_t>& chosen, Index first_example) {
    std::vector<std::vector<Index>> some_sources, some_targets;
    std::vector<Index> examples;
    for (const std::size_t i : chosen) {
      some_sources.push_back(sources[i]);
      some_targets.push_back(targets[i]);
      examples.push_back(first_example + static_cast<Index>(i));
    }
    Pass pass = Pass::training(backend, {.seed = 1, .update = 5}, examples);
    return model(pass, tokens_of(some_sources), tokens_of(some_targets)).value();
  };
  const Tensor all = logits({0, 1, 2}, 100), last_alone = logits({2}, 100), turned = logits({2, 1, 0}, 100);
  const Index first = std::ssize(targets[0]), last = std::ssize(targets[2]), rows = all.size(0);
  EXPECT_EQ(numbers_of(all.narrow(0, rows - last, last)), numbers_of(last_alone));
  EXPECT_EQ(numbers_of(turned.narrow(0, 0, last)), numbers_of(last_alone));
  EXPECT_EQ(numbers_of(all.narrow(0, 0, first)), numbers_of(turned.narrow(0, rows - first, first)));
  EXPECT_NE(numbers_of(logits({2}, 200)), numbers_of(last_alone));
}

}  // namespace heed
