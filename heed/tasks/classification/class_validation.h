#pragma once
#include <vector>

#include "heed/classes/class_probabilities.h"
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

/// Groups by the examples' lengths, or none where all are of one length by nature.
enum class ClassGroups { by_length, none };

/// Of at least one example, whose last column has the classes, one of `labels`.
ClassValidation validate_classes(const BatchLogits& logits, Index labels, Backend& backend,
                                 const Dataset& examples, Index batch_tokens,
                                 ClassGroups groups = ClassGroups::by_length);
/// The same of a model, with the columns that class_logits takes.
ClassValidation validate_classes(const Classifier& model, Backend& backend, const Dataset& examples,
                                 Index batch_tokens);

}  // namespace heed
