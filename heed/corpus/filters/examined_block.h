#pragma once
#include <string>
#include <vector>

#include "heed/corpus/filters/examined_pair.h"
#include "heed/corpus/pair_reader.h"

namespace heed {

/// Some pairs that follow each other, where they stand, and what they look like.
struct ExaminedBlock {
  std::vector<TextPair> pairs;
  std::vector<std::string> places;  // "FILE:LINE"
  std::vector<ExaminedPair> examined;

  std::size_t size() const { return examined.size(); }
};

/// The next pairs, examined in parallel: enough to keep all threads busy, few enough to be forgotten. Empty
/// after the last.
ExaminedBlock next_block(PairReader& reader);

/// The same, not examined yet.
ExaminedBlock next_pairs(PairReader& reader);

/// Fills in what the pairs look like, in parallel.
void examine_all(ExaminedBlock& block);

}  // namespace heed
