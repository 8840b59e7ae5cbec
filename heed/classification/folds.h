#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A fold for each text, 0 up to `folds`: drawn by the seed, each class spread evenly over all of them.
std::vector<Index> stratified_folds(std::span<const Index> classes, Index folds, std::uint64_t seed);

/// The items whose fold is, or is not, this one; in their own order.
template <class T>
struct FoldParts {
  std::vector<T> inside, outside;
};
template <class T>
FoldParts<T> parts_of(std::span<const T> items, std::span<const Index> folds, Index fold) {
  FoldParts<T> parts;
  for (std::size_t i = 0; i < items.size(); ++i)
    (folds[i] == fold ? parts.inside : parts.outside).push_back(items[i]);
  return parts;
}

}  // namespace heed
