#pragma once
#include <vector>

#include "heed/data/examples.h"
#include "heed/model/classifier.h"
#include "heed/training/validation.h"

namespace heed {

/// How well a model predicts classes, and which.
struct ClassValidation {
  /// Accuracy in percent and the mean cross-entropy in nats, over all and by the examples' tokens. Of a model
  /// whose scores are not numbers, no measure is a number and there are no groups. Samples are the task's.
  Validation validation;
  /// The most probable class of whatever has one, example by example; none if scores are not numbers.
  std::vector<Index> predicted;
};

/// Of at least one example, with the columns that class_logits takes.
ClassValidation validate_classes(const Classifier& model, Backend& backend, const Examples& examples,
                                 Index batch_tokens);

}  // namespace heed
