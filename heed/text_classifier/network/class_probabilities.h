#pragma once
#include <vector>

#include "heed/data/examples.h"
#include "heed/model/classifier.h"

namespace heed {

/// What each class has of the probability, example by example, [examples, classes]. The first column holds
/// the tokens; the model pools.
std::vector<float> class_probabilities(const Classifier& model, Backend& backend, const Examples& examples,
                                       Index batch_tokens = 4096);

}  // namespace heed
