#pragma once
#include "heed/classes/class_probabilities.h"
#include "heed/model/classifier.h"

namespace heed {

/// The logits of a batch's classes, one after the other as the last column has them: [classes of the batch,
/// labels]. Examples of two columns, tokens and class, are classified as a whole: the model pools. Of three
/// columns, tokens, places and classes, the tokens at these places (from 0) have classes: the model does not
/// pool, and its logits of the other tokens are left out.
Variable class_logits(const Classifier& model, Pass& pass, const Batch& batch);

/// The same as a function of pass and batch. The model must outlive it.
inline BatchLogits batch_logits(const Classifier& model) {
  return [&model](Pass& pass, const Batch& batch) { return class_logits(model, pass, batch); };
}

}  // namespace heed
