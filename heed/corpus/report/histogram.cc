#include "heed/corpus/report/histogram.h"

#include <algorithm>
#include <cmath>

namespace heed {
namespace {

/// 1, 2, 5, 10, 20, 50, ...: the least of them that is no smaller.
Index round_up(double width) {
  for (Index step = 1;; step *= 10)
    for (const Index digit : {1, 2, 5})
      if (static_cast<double>(step * digit) >= width) return step * digit;
}

}  // namespace

void CountingHistogram::add(Index value) {
  least_ = all_ == 0 ? value : std::min(least_, value);
  largest_ = std::max(largest_, value);
  sum_ += static_cast<double>(value);
  ++all_;
  if (value < static_cast<Index>(counts_.size()))
    ++counts_[static_cast<std::size_t>(value)];
  else
    ++above_;
}

double CountingHistogram::quantile(double share) const {
  const double wanted = share * static_cast<double>(all_);
  Index seen = 0;
  for (std::size_t value = 0; value < counts_.size(); ++value) {
    seen += counts_[value];
    if (seen > 0 && static_cast<double>(seen) >= wanted) return static_cast<double>(value);
  }
  return static_cast<double>(largest_);
}

Histogram CountingHistogram::histogram(Index bins) const {
  Histogram result;
  if (all_ == 0) return result;
  result.least = static_cast<double>(least_);
  result.median = quantile(0.5);
  result.mean = sum_ / static_cast<double>(all_);
  result.most_of_99 = quantile(0.99);
  result.largest = static_cast<double>(largest_);
  const double shown = std::min(quantile(0.995), static_cast<double>(counts_.size() - 1)) + 1;
  const Index width = round_up(shown / static_cast<double>(bins));
  const auto count = static_cast<Index>(std::ceil(shown / static_cast<double>(width)));
  result.above = all_;
  for (Index bin = 0; bin < count; ++bin) {
    result.edges.push_back(static_cast<double>(bin * width));
    Index sum = 0;
    for (Index v = bin * width; v < std::min((bin + 1) * width, static_cast<Index>(counts_.size())); ++v)
      sum += counts_[static_cast<std::size_t>(v)];
    result.counts.push_back(sum);
    result.above -= sum;
  }
  result.edges.push_back(static_cast<double>(count * width));
  return result;
}

}  // namespace heed
