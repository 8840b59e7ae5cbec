#pragma once
#include <span>
#include <vector>

#include "heed/backend/backend.h"

namespace heed {

/// Which row of a key-value cache holds each position that a sequence has seen: the same for all layers of a
/// decoder. Sequences that have grown out of one share the rows of their common past, so that keeping some of
/// them moves nothing. Rows that none needs any more are used again.
class CachedPositions {
 public:
  /// Adds the positions of `fresh`, which lie as it says, to each sequence. The first time says how many
  /// sequences there are.
  void grow(const Segments& fresh);

  /// Goes on with the sequences of these numbers, in this order; one may be kept several times.
  void keep(std::span<const Index> sequences);

  /// Each sequence as a segment of rows(), or of the cache itself where that is absent.
  const Segments& segments() const { return segments_; }
  /// Absent as long as all positions lie in one piece, where the first grow() found them.
  const RowList& rows() const { return rows_; }

  /// Where the last grow() found its positions, and the rows that it chose for them.
  const IndexList& fresh() const { return fresh_; }
  const IndexList& fresh_rows() const { return fresh_rows_; }
  /// Rows that a cache must have.
  Index capacity() const { return capacity_; }

 private:
  std::vector<Index> unused_rows() const;

  Segments segments_;
  RowList rows_;
  IndexList fresh_, fresh_rows_;
  Index capacity_ = 0;
  bool started_ = false, dropped_ = false;
};

}  // namespace heed
