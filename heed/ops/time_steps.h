#pragma once
#include <vector>

#include "heed/tensor/segments.h"

namespace heed::ops {

enum class Direction { forwards, backwards };

/// Sequences turned into time steps: the first rows of all, then the second ones, and so on. The longest
/// sequences come first, so those that still run at a step are always the first of those before it.
struct TimeSteps {
  explicit TimeSteps(const Segments& sequences, Direction direction = Direction::forwards);

  /// Where each row of the old order lies in the new one, of `count` rows that the sequences cover.
  std::vector<Index> places(Index count) const;

  /// Where each step lies in the new order: its length is the number of sequences that still run.
  std::vector<Segment> steps;
  std::vector<Index> rows;   // of the old order, by the new one
  std::vector<Index> order;  // sequences, the longest first
};

}  // namespace heed::ops
