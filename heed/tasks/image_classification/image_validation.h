#pragma once
#include <string>
#include <vector>

#include "heed/image_classifier/image_examples.h"
#include "heed/model/image_classifier.h"
#include "heed/training/validation.h"

namespace heed {

struct ImageValidationOptions {
  Index samples = 3;
  Index batch_tokens = 4096;  // patches
};

/// How well a model predicts the classes of at least one image, with samples and their pictures.
Validation validate(const ImageClassifier& model, Backend& backend, const std::vector<std::string>& labels,
                    const ImageExamples& examples, const ImageValidationOptions& options = {});

}  // namespace heed
