#include "heed/classification/bag_classifier.h"

#include <algorithm>

namespace heed {

std::vector<float> BagClassifier::operator()(std::span<const std::string_view> texts) const {
  return classifier(bag(texts));
}

std::vector<BagClassifier::Telling> BagClassifier::telling(Index label, Index count) const {
  const auto classes = static_cast<std::size_t>(classifier.classes);
  std::vector<Telling> result;
  for (std::size_t column = 0; column < static_cast<std::size_t>(bag.ngrams().size()); ++column) {
    const float* weights = classifier.weight.data() + column * classes;
    float mean = 0;
    for (std::size_t c = 0; c < classes; ++c) mean += weights[c] / static_cast<float>(classes);
    const float weight = weights[label] - mean;
    if (weight > 0) result.push_back({bag.ngrams().word(static_cast<WordId>(column)), weight});
  }
  const auto end = result.begin() + std::min<std::ptrdiff_t>(count, std::ssize(result));
  std::partial_sort(result.begin(), end, result.end(), [](const Telling& a, const Telling& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.ngram < b.ngram;
  });
  result.erase(end, result.end());
  return result;
}

std::vector<Index> likeliest(std::span<const float> probabilities, Index classes) {
  std::vector<Index> result;
  for (std::size_t row = 0; row < probabilities.size(); row += static_cast<std::size_t>(classes)) {
    const auto of_row = probabilities.subspan(row, static_cast<std::size_t>(classes));
    result.push_back(std::max_element(of_row.begin(), of_row.end()) - of_row.begin());
  }
  return result;
}

}  // namespace heed
