#pragma once
#include <vector>

#include "heed/tensor/segments.h"

namespace heed::ops {

/// Sequences turned into time steps: the first rows of all, then the second ones, and so on. The longest
/// sequences come first, so those that still run at a step are always the first of those before it.
struct TimeSteps {
  TimeSteps(const Segments& sequences, bool backwards);

  /// Where each step lies in the new order: its length is the number of sequences that still run.
  std::vector<Segment> steps;
  std::vector<Index> rows;      // of the old order, by the new one
  std::vector<Index> order;     // sequences, the longest first
  std::vector<Index> previous;  // row of the step before, in the new order; for the first step: -1
};

}  // namespace heed::ops
