#pragma once
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// How often values fell into bins, and a few figures of them.
struct Histogram {
  std::vector<double> edges;   // bin i holds values from edges[i] up to edges[i + 1]
  std::vector<Index> counts;   // one fewer than edges
  Index below = 0, above = 0;  // beyond the edges
  double least = 0, median = 0, mean = 0, most_of_99 = 0, largest = 0;  // most_of_99: 99 % are no more
};

/// Counts whole numbers, those up to a bound one by one.
class CountingHistogram {
 public:
  explicit CountingHistogram(Index bound) : counts_(static_cast<std::size_t>(bound)) {}

  void add(Index value);
  /// About so many bins of one width, a round number, that hold 99.5 % of the values.
  Histogram histogram(Index bins) const;

 private:
  double quantile(double share) const;

  std::vector<Index> counts_;
  Index all_ = 0, above_ = 0, least_ = 0, largest_ = 0;
  double sum_ = 0;
};

}  // namespace heed
