#include "heed/bag_of_words/bag_classifier.h"

#include <algorithm>

namespace heed {

BagClassifier::BagClassifier(std::vector<std::string> labels, BagOfWords bag, LinearClassifier classifier,
                             double regularization)
    : TextClassifier(std::move(labels)),
      bag_(std::move(bag)),
      classifier_(std::move(classifier)),
      regularization_(regularization) {}

std::vector<float> BagClassifier::operator()(std::span<const std::string_view> texts) const {
  return classifier_(bag_(texts));
}

std::vector<BagClassifier::InformativeFeature> BagClassifier::most_informative_features(Index label,
                                                                                        Index count) const {
  const auto classes = static_cast<std::size_t>(classifier_.classes);
  std::vector<InformativeFeature> result;
  for (std::size_t column = 0; column < static_cast<std::size_t>(bag_.ngrams().size()); ++column) {
    const float* weights = classifier_.weight.data() + column * classes;
    float mean = 0;
    for (std::size_t c = 0; c < classes; ++c) mean += weights[c] / static_cast<float>(classes);
    const float weight = weights[label] - mean;
    if (weight > 0) result.push_back({bag_.ngrams().word(static_cast<WordId>(column)), weight});
  }
  const auto end = result.begin() + std::min<std::ptrdiff_t>(count, std::ssize(result));
  std::partial_sort(result.begin(), end, result.end(),
                    [](const InformativeFeature& a, const InformativeFeature& b) {
                      return a.weight != b.weight ? a.weight > b.weight : a.ngram < b.ngram;
                    });
  result.erase(end, result.end());
  return result;
}

}  // namespace heed
