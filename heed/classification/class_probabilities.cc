#include "heed/classification/class_probabilities.h"

#include <algorithm>
#include <cmath>

namespace heed {

std::vector<Index> likeliest(std::span<const float> probabilities, Index classes) {
  std::vector<Index> result;
  for (std::size_t row = 0; row < probabilities.size(); row += static_cast<std::size_t>(classes)) {
    const auto of_row = probabilities.subspan(row, static_cast<std::size_t>(classes));
    result.push_back(std::max_element(of_row.begin(), of_row.end()) - of_row.begin());
  }
  return result;
}

Goodness goodness(std::span<const float> probabilities, std::span<const Index> targets, Index classes) {
  const std::vector<Index> guesses = likeliest(probabilities, classes);
  Goodness sum;
  for (std::size_t row = 0; row < targets.size(); ++row) {
    const std::size_t truth =
        row * static_cast<std::size_t>(classes) + static_cast<std::size_t>(targets[row]);
    sum.accuracy += guesses[row] == targets[row] ? 1 : 0;
    // Never infinite: what is taken for impossible is wrong, but not more so than any number tells.
    sum.loss -= std::log(std::max(static_cast<double>(probabilities[truth]), 1e-30));
  }
  const auto texts = static_cast<double>(targets.size());
  return {sum.accuracy / texts, sum.loss / texts};
}

}  // namespace heed
