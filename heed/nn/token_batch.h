#pragma once
#include <vector>

#include "heed/tensor/segments.h"

namespace heed {

/// Tokens of several sequences, and where each sequence lies among them.
struct TokenBatch {
  std::vector<Index> tokens;
  Segments segments;
  /// The type of each token, for models that have a table of types: 0 and 1 for BERT's first and second
  /// segment. Empty: all are of type 0.
  std::vector<Index> types = {};

  /// Sequences of these lengths, one after the other.
  static TokenBatch packed(std::vector<Index> tokens, std::span<const Index> lengths) {
    return {std::move(tokens), Segments::packed(lengths)};
  }
  /// One token of each sequence: a decoding step.
  static TokenBatch step(std::vector<Index> tokens) {
    const auto count = static_cast<Index>(tokens.size());
    return {std::move(tokens), Segments::uniform(count, 1)};
  }
};

}  // namespace heed
