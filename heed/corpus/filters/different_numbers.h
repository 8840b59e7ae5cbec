#pragma once
#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// The sides do not say the same numbers. Clock times, units and years in other calendars make good pairs
/// differ too, so this is reported unless dropping is asked for.
class DifferentNumbers final : public PairFilter {
 public:
  FilterInfo info() const override {
    return {"numbers", "the numbers of the two sides differ",
            "Converted units and times of day are fine. Wrong numbers are not: correct them, or drop such "
            "pairs by "
            "setting filter_numbers to drop if the examples are wrong."};
  }

  Finding judge(const ExaminedPair& pair) override {
    return same_numbers(pair.source.numbers, pair.target.numbers) ? Finding::nothing : Finding::wrong;
  }
};

}  // namespace heed
