#pragma once
#include <algorithm>

#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// One side says far more than the other. Ten characters are added to both, so that "Hi." may be translated
/// by a whole sentence: short pairs are dear.
class LengthRatio final : public PairFilter {
 public:
  explicit LengthRatio(double most) : most_(most) {}

  FilterInfo info() const override {
    return {"ratios", "one side is many times as long as the other",
            "Look whether lines were cut or joined on one side only; raise filter_max_ratio if these "
            "translations are right."};
  }

  Finding judge(const ExaminedPair& pair) override {
    const auto [shorter, longer] = std::minmax(pair.source.profile.width, pair.target.profile.width);
    return static_cast<double>(longer + allowance) > most_ * static_cast<double>(shorter + allowance)
               ? Finding::wrong
               : Finding::nothing;
  }

 private:
  static constexpr Index allowance = 10;
  double most_;
};

}  // namespace heed
