#include "heed/metrics/accuracy_and_loss.h"

#include <algorithm>
#include <cmath>

namespace heed {

std::vector<Index> most_probable_classes(std::span<const float> probabilities, Index classes) {
  std::vector<Index> result;
  for (std::size_t row = 0; row < probabilities.size(); row += static_cast<std::size_t>(classes)) {
    const auto of_row = probabilities.subspan(row, static_cast<std::size_t>(classes));
    result.push_back(std::max_element(of_row.begin(), of_row.end()) - of_row.begin());
  }
  return result;
}

AccuracyAndLoss accuracy_and_loss(std::span<const float> probabilities, std::span<const Index> targets,
                                  Index classes) {
  const std::vector<Index> predictions = most_probable_classes(probabilities, classes);
  AccuracyAndLoss sum;
  for (std::size_t row = 0; row < targets.size(); ++row) {
    const std::size_t truth =
        row * static_cast<std::size_t>(classes) + static_cast<std::size_t>(targets[row]);
    sum.accuracy += predictions[row] == targets[row] ? 1 : 0;
    // A class that was held impossible costs much, but never an infinite loss.
    sum.loss -= std::log(std::max(static_cast<double>(probabilities[truth]), 1e-30));
  }
  const auto items = static_cast<double>(targets.size());
  return {sum.accuracy / items, sum.loss / items};
}

}  // namespace heed
