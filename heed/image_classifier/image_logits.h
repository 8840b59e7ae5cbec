#pragma once
#include "heed/classes/class_probabilities.h"
#include "heed/model/image_classifier.h"

namespace heed {

/// Rows of numbers as a model takes them.
NumberBatch number_batch(const Column& column);

/// A model's logits of a batch of ImageExamples. The model must outlive it.
BatchLogits batch_logits(const ImageClassifier& model);

}  // namespace heed
