#pragma once
#include <cmath>

#include "heed/nn/positional_encoding.h"
#include "heed/nn/token_batch.h"
#include "heed/ops/embed.h"

namespace heed {

/// Tokens and their places to vectors: dropout(sqrt(width) * table[token] + position). Sections 3.4, 3.5
/// and 5.4.
class Embedding {
 public:
  /// `table` [vocabulary, width] may be shared with others; `name` is what observers are told.
  Embedding(std::string name, Variable table, PositionalEncoding positions, float dropout)
      : name_(std::move(name)),
        table_(std::move(table)),
        positions_(std::move(positions)),
        dropout_(dropout) {}

  /// [tokens, width]. The first token of sequence s is at position past[s] of it (0 where past is empty).
  Variable operator()(Pass& pass, const TokenBatch& batch, std::span<const Index> past = {}) const;

  const Variable& table() const { return table_; }
  const PositionalEncoding& positions() const { return positions_; }

 private:
  std::string name_;
  Variable table_;
  PositionalEncoding positions_;
  float dropout_;
};

}  // namespace heed
