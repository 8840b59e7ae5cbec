#include "heed/decoding/batches_by_length.h"

#include <algorithm>
#include <numeric>

namespace heed {

std::vector<std::vector<std::size_t>> batches_by_length(const std::vector<std::vector<Index>>& sentences,
                                                        Index tokens) {
  std::vector<std::size_t> order(sentences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sentences[a].size() > sentences[b].size(); });
  std::vector<std::vector<std::size_t>> batches;
  Index filled = 0;
  for (const std::size_t number : order) {
    filled += std::ssize(sentences[number]);
    if (batches.empty() || filled > tokens) {
      batches.emplace_back();
      filled = std::ssize(sentences[number]);
    }
    batches.back().push_back(number);
  }
  return batches;
}

}  // namespace heed
