#include "heed/tasks/image_classification/image_validation.h"

#include <algorithm>

#include "heed/image_classifier/image_logits.h"
#include "heed/images/png.h"
#include "heed/tasks/classification/class_validation.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// An image as logs and pages hold it: small, as there is one a validation.
std::string picture_of(const Image& image) {
  constexpr Index most = 96;
  const Index side = std::min(most, image.width);
  return encode_png(resized(image, side, side));
}

}  // namespace

Validation validate(const ImageClassifier& model, Backend& backend, const std::vector<std::string>& labels,
                    const ImageExamples& examples, const ImageValidationOptions& options) {
  auto [result, predicted] = validate_classes(batch_logits(model), model.sizes().outputs, backend, examples,
                                              options.batch_tokens, ClassGroups::none);
  const auto label = [&](Index of_class) { return printable(labels[static_cast<std::size_t>(of_class)]); };
  for (const std::size_t i : sample_places(predicted.size(), options.samples)) {
    const auto number = static_cast<Index>(i);
    result.samples.push_back({{{"image", printable(examples.images().name(number))},
                               {"label", label(examples.classes()[i])},
                               {"predicted", label(predicted[i])}},
                              picture_of(examples.image(number, 0))});
  }
  return std::move(result);
}

}  // namespace heed
