#pragma once
#include "heed/nn/embedding.h"

namespace heed {

/// The embedding of a classifier's tokens: a table `embedding.weight` [vocabulary, width], and positions.
inline Embedding classifier_embedding(const ParameterScope& root, Index vocabulary, Index width,
                                      PositionalEncoding positions, double dropout) {
  // A tenth of what a translator's embeddings start with: in a small set most words occur a few times, and
  // where they start would be noise that is learned by heart.
  const float start = 0.1f / std::sqrt(static_cast<float>(width));
  return {"encoder", (root / "embedding").parameter("weight", {vocabulary, width}, normal(start)),
          std::move(positions), static_cast<float>(dropout)};
}

}  // namespace heed
