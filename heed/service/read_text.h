#pragma once
#include <string>
#include <vector>

#include "heed/base/index.h"
#include "heed/tensor/tensor.h"

namespace heed {

/// What a model thinks of a text.
struct ScoredText {
  std::vector<std::string> tokens;           // as the vocabulary shows them; EOS last, if documents end so
  std::vector<float> token_log_probability;  // in nats; not a number for a first token that nothing predicts
  Index predicted = 0;                       // tokens with a probability
  double log_probability = 0;                // of these together
  Index bytes = 0;                           // of the text

  double loss() const { return -log_probability / static_cast<double>(predicted); }
  double perplexity() const;
  double bits_per_byte() const;
};

/// Weights of one attention, [heads, tokens, tokens]: row i is what token i looks at.
struct LayerAttention {
  std::string layer;
  Tensor weights;
};

struct AttentionOfText {
  std::vector<std::string> tokens;
  std::vector<LayerAttention> layers;  // in the order of the model
};

}  // namespace heed
