#pragma once
#include <vector>

#include "heed/data/examples.h"
#include "heed/model/classifier.h"

namespace heed {

/// What each label has of the probability of each class, example by example, [classes of all, labels]: the
/// softmax of class_logits.
std::vector<float> class_probabilities(const Classifier& model, Backend& backend, const Examples& examples,
                                       Index batch_tokens = 4096);

}  // namespace heed
