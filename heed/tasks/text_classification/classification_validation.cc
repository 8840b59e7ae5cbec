#include "heed/tasks/text_classification/classification_validation.h"

#include "heed/tasks/classification/class_validation.h"

namespace heed {

Validation validate(const Classifier& model, Backend& backend, const std::vector<std::string>& labels,
                    const ClassifiedTexts& set, const ClassificationValidationOptions& options) {
  auto [result, predicted] = validate_classes(model, backend, set.examples, options.batch_tokens);
  const auto label = [&](Index of_class) { return labels[static_cast<std::size_t>(of_class)]; };
  for (const std::size_t i : sample_places(predicted.size(), options.samples))
    result.samples.push_back(
        {{{"text", set.texts[i]}, {"label", label(set.classes[i])}, {"predicted", label(predicted[i])}}});
  return std::move(result);
}

}  // namespace heed
