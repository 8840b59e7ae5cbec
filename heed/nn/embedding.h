#pragma once
#include <cmath>

#include "heed/nn/positional_encoding.h"
#include "heed/ops/embed.h"

namespace heed {

/// Tokens and their places to vectors: dropout(sqrt(width) * table[token] + position). Sections 3.4, 3.5
/// and 5.4.
class Embedding {
 public:
  /// `table` [vocabulary, width] may be shared with others.
  Embedding(Variable table, PositionalEncoding positions, float dropout)
      : table_(std::move(table)), positions_(std::move(positions)), dropout_(dropout) {}

  /// Sequence s has the tokens of segment s; its first is at position past[s] of the sequence (0 where past
  /// is empty).
  Variable operator()(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                      std::span<const Index> past = {}) const;

  const Variable& table() const { return table_; }
  const PositionalEncoding& positions() const { return positions_; }

 private:
  Variable table_;
  PositionalEncoding positions_;
  float dropout_;
};

}  // namespace heed
