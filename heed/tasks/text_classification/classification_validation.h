#pragma once
#include <string>
#include <vector>

#include "heed/data/examples.h"
#include "heed/model/classifier.h"
#include "heed/training/validation.h"

namespace heed {

/// Texts whose classes are known: as text, and as examples.
struct ClassifiedTexts {
  std::vector<std::string> texts;
  std::vector<Index> classes;
  Examples examples{2};  // of the same number, in the same order
};

struct ClassificationValidationOptions {
  Index samples = 3;
  Index batch_tokens = 4096;
};

/// How well a model predicts the classes of at least one text, with samples: validate_classes of texts.
Validation validate(const Classifier& model, Backend& backend, const std::vector<std::string>& labels,
                    const ClassifiedTexts& set, const ClassificationValidationOptions& options = {});

}  // namespace heed
