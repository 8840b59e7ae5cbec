#pragma once
#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// Control characters, replacement characters, and UTF-8 that was once read as Windows-1252.
class BrokenCharacters final : public PairFilter {
 public:
  FilterInfo info() const override {
    return {"characters", "there are control characters, or text that was decoded wrongly",
            "Find the step that read the file in the wrong encoding and repeat it; these texts cannot be "
            "repaired "
            "reliably afterwards."};
  }

  Finding judge(const ExaminedPair& pair) override {
    const bool broken = pair.source.profile.broken + pair.target.profile.broken > 0;
    return broken || pair.source.misdecoded || pair.target.misdecoded ? Finding::wrong : Finding::nothing;
  }
};

}  // namespace heed
