#include "heed/corpus/labeled/stratified_folds.h"

#include <algorithm>
#include <numeric>

#include "heed/base/random.h"

namespace heed {

std::vector<Index> stratified_folds(std::span<const Index> classes, Index folds, std::uint64_t seed) {
  std::vector<std::size_t> order(classes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(seed);
  for (std::size_t left = order.size(); left > 1; --left)
    std::swap(order[left - 1], order[random.below(static_cast<std::uint32_t>(left))]);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return classes[a] < classes[b]; });
  // Dealt out like cards, one class after the other, so that sizes differ by one at most.
  std::vector<Index> result(classes.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = static_cast<Index>(i) % folds;
  return result;
}

}  // namespace heed
