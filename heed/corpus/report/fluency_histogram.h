#pragma once
#include <vector>

#include "heed/corpus/report/histogram.h"

namespace heed {

/// Perplexities on a logarithmic scale, ten bins to a power of ten.
class FluencyHistogram {
 public:
  /// Infinity counts as above, and is no part of mean and quantiles.
  void add(double log10_perplexity);
  /// From one power of ten to another, as far as there is anything.
  Histogram histogram() const;

 private:
  static constexpr Index bins = 10, fine_bins = 100, decades = 10;  // the first two: to a power of ten

  double quantile(double share) const;

  std::vector<Index> counts_ = std::vector<Index>(fine_bins * decades);
  Index finite_ = 0, below_ = 0, above_ = 0, infinite_ = 0;
  double sum_ = 0, least_ = 0, largest_ = 0;
};

}  // namespace heed
