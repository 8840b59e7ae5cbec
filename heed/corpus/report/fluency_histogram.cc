#include "heed/corpus/report/fluency_histogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace heed {

void FluencyHistogram::add(double log10_perplexity) {
  if (!std::isfinite(log10_perplexity)) {
    ++infinite_;
    return;
  }
  least_ = finite_ == 0 ? log10_perplexity : std::min(least_, log10_perplexity);
  largest_ = finite_ == 0 ? log10_perplexity : std::max(largest_, log10_perplexity);
  sum_ += log10_perplexity;
  ++finite_;
  if (log10_perplexity < 0)
    ++below_;
  else if (log10_perplexity >= static_cast<double>(decades))
    ++above_;
  else
    ++counts_[std::min(static_cast<std::size_t>(log10_perplexity * fine_bins), counts_.size() - 1)];
}

double FluencyHistogram::quantile(double share) const {
  const double wanted = share * static_cast<double>(finite_);
  Index seen = below_;
  if (static_cast<double>(seen) >= wanted) return least_;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (static_cast<double>(seen) >= wanted)
      return std::clamp((static_cast<double>(i) + 0.5) / fine_bins, least_, largest_);
  }
  return largest_;
}

Histogram FluencyHistogram::histogram() const {
  Histogram result;
  result.below = below_;
  result.above = above_ + infinite_;
  if (finite_ == 0) return result;
  result.least = least_;
  result.median = quantile(0.5);
  result.mean = sum_ / static_cast<double>(finite_);
  result.most_of_99 = quantile(0.99);
  result.largest = largest_;
  const auto filled = [](Index count) { return count > 0; };
  const auto first = std::ranges::find_if(counts_, filled);
  if (first == counts_.end()) return result;
  const auto last = std::find_if(counts_.rbegin(), counts_.rend(), filled).base();
  const Index begin = (first - counts_.begin()) / fine_bins * bins,
              end = (last - counts_.begin() + fine_bins - 1) / fine_bins * bins;
  constexpr Index width = fine_bins / bins;
  for (Index bin = begin; bin <= end; ++bin) {
    result.edges.push_back(static_cast<double>(bin) / bins);
    if (bin == end) break;
    const auto at = counts_.begin() + bin * width;
    result.counts.push_back(std::accumulate(at, at + width, Index{0}));
  }
  return result;
}

}  // namespace heed
