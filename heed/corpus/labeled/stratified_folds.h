#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// The fold of each item, 0 up to `folds`, for cross-validation: drawn by the seed, with each class spread
/// evenly over all folds, whose sizes differ by one at most.
std::vector<Index> stratified_folds(std::span<const Index> classes, Index folds, std::uint64_t seed);

/// Items in a fold and all the others, both in their own order.
template <class T>
struct FoldSplit {
  std::vector<T> inside, outside;
};
template <class T>
FoldSplit<T> split_by_fold(std::span<const T> items, std::span<const Index> folds, Index fold) {
  FoldSplit<T> split;
  for (std::size_t i = 0; i < items.size(); ++i)
    (folds[i] == fold ? split.inside : split.outside).push_back(items[i]);
  return split;
}

}  // namespace heed
