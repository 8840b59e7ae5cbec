#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "heed/corpus/report/histogram.h"

namespace heed {

/// Ratios of lengths on a logarithmic scale, an eighth of a doubling a bin.
class RatioHistogram {
 public:
  void add(Index source, Index target) {
    const double ratio = std::log2(static_cast<double>(target) / static_cast<double>(source));
    const auto bin = static_cast<Index>(std::floor((ratio + range) * bins_a_doubling + 0.5));
    ++counts_[static_cast<std::size_t>(std::clamp<Index>(bin, 0, std::ssize(counts_) - 1))];
    sum_ += ratio;
    least_ = all_ == 0 ? ratio : std::min(least_, ratio);
    largest_ = all_ == 0 ? ratio : std::max(largest_, ratio);
    ++all_;
  }

  Histogram histogram() const {
    Histogram result;
    if (all_ == 0) return result;
    result.counts.assign(counts_.begin(), counts_.end());
    for (std::size_t i = 0; i <= counts_.size(); ++i)
      result.edges.push_back((static_cast<double>(i) - 0.5) / bins_a_doubling - range);
    result.least = least_;
    result.largest = largest_;
    result.mean = sum_ / static_cast<double>(all_);
    result.median = quantile(0.5);
    result.most_of_99 = quantile(0.99);
    return result;
  }

 private:
  static constexpr double range = 4, bins_a_doubling = 8;

  double quantile(double share) const {
    Index seen = 0;
    std::size_t i = 0;
    while (i + 1 < counts_.size() &&
           static_cast<double>(seen += counts_[i]) < share * static_cast<double>(all_))
      ++i;
    return static_cast<double>(i) / bins_a_doubling - range;
  }

  std::array<Index, 65> counts_{};
  Index all_ = 0;
  double sum_ = 0, least_ = 0, largest_ = 0;
};

}  // namespace heed
