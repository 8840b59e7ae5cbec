#pragma once
#include "heed/corpus/filters/hash_set.h"
#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// A pair that occurred before, byte for byte. The first one is kept.
class RepeatedPairs final : public PairFilter {
 public:
  FilterInfo info() const override {
    return {"repeats", "the pair occurred before",
            "Repeats weigh as much as they are many. Set filter_repeats to flag if that is wanted."};
  }

  Finding judge(const ExaminedPair& pair) override {
    return seen_.insert(pair.exact()) ? Finding::nothing : Finding::wrong;
  }

 private:
  HashSet seen_;
};

}  // namespace heed
