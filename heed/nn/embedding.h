#pragma once
#include <cmath>

#include "heed/nn/positional_encoding.h"
#include "heed/nn/token_batch.h"
#include "heed/ops/embed.h"

namespace heed {

/// Tokens and their places to vectors: dropout(scale * table[token] + position). Sections 3.4, 3.5 and 5.4.
class Embedding {
 public:
  /// `table` [vocabulary, width] may be shared with others; `name` is what observers are told.
  struct Options {
    float scale = 1, dropout = 0;
  };
  Embedding(std::string name, Variable table, PositionalEncoding positions, const Options& options)
      : name_(std::move(name)),
        table_(std::move(table)),
        positions_(std::move(positions)),
        options_(options) {}
  /// Scaled by sqrt(width), as in section 3.4.
  Embedding(std::string name, const Variable& table, PositionalEncoding positions, float dropout)
      : Embedding(std::move(name), table, std::move(positions),
                  Options{.scale = std::sqrt(static_cast<float>(table.size(1))), .dropout = dropout}) {}

  /// [tokens, width]. The first token of sequence s is at position past[s] of it (0 where past is empty).
  Variable operator()(Pass& pass, const TokenBatch& batch, std::span<const Index> past = {}) const;

  const Variable& table() const { return table_; }
  const PositionalEncoding& positions() const { return positions_; }

 private:
  std::string name_;
  Variable table_;
  PositionalEncoding positions_;
  Options options_;
};

}  // namespace heed
