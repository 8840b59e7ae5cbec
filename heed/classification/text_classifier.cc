#include "heed/classification/text_classifier.h"

#include "heed/classification/class_probabilities.h"

namespace heed {

ConfusionMatrix evaluated(const TextClassifier& classifier, std::span<const LabeledText> texts) {
  const std::vector<Index> targets = classes_of(texts, classifier.labels());
  const std::vector<Index> guesses = likeliest(classifier(texts_of(texts)), std::ssize(classifier.labels()));
  ConfusionMatrix confusion(classifier.labels());
  for (std::size_t i = 0; i < targets.size(); ++i) confusion.add(targets[i], guesses[i]);
  return confusion;
}

std::vector<std::string_view> texts_of(std::span<const LabeledText> labeled) {
  std::vector<std::string_view> texts;
  for (const auto& each : labeled) texts.emplace_back(each.text);
  return texts;
}

}  // namespace heed
