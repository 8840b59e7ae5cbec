#pragma once
#include "heed/corpus/filters/hash_set.h"
#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// A source that occurred before with another target. Most often both are right: never dropped.
class ManyTranslations final : public PairFilter {
 public:
  FilterInfo info() const override {
    return {"translations", "the source occurred before with another target",
            "Mostly right: there is more than one way to say it. Many of them for long sources may mean two "
            "corpora of different styles, or lines that moved."};
  }

  Finding judge(const ExaminedPair& pair) override {
    const bool new_pair = pairs_.insert(pair.exact());
    const bool new_source = sources_.insert(pair.source.exact);
    return new_pair && !new_source ? Finding::doubtful : Finding::nothing;
  }

 private:
  HashSet pairs_, sources_;
};

}  // namespace heed
