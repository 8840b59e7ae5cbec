#pragma once
#include <span>
#include <utility>

#include "heed/tensor/segments.h"
#include "heed/tensor/shared_list.h"

namespace heed {

/// Tokens of several sequences, and where each sequence lies among them. Copies share both lists, of which a
/// device may keep its own.
struct TokenBatch {
  IndexList tokens;
  Segments segments;
  /// The type of each token, for models that have a table of types: 0 and 1 for BERT's first and second
  /// segment. Empty: all are of type 0.
  IndexList types = {};

  /// Sequences of these lengths, one after the other.
  static TokenBatch packed(IndexList tokens, std::span<const Index> lengths) {
    return {std::move(tokens), Segments::packed(lengths)};
  }
  /// One token of each sequence: a decoding step.
  static TokenBatch step(IndexList tokens) {
    const Index count = tokens.size();
    return {std::move(tokens), Segments::uniform(count, 1)};
  }
};

}  // namespace heed
