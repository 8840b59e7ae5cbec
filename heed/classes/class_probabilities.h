#pragma once
#include <functional>
#include <vector>

#include "heed/autograd/pass.h"
#include "heed/data/batches.h"

namespace heed {

/// A model's logits of a batch's classes, one after the other as the last column has them: [classes of the
/// batch, labels].
using BatchLogits = std::function<Variable(Pass& pass, const Batch& batch)>;

/// What each label has of the probability of each class, example by example, [classes of all, labels]: the
/// softmax of the logits.
std::vector<float> class_probabilities(const BatchLogits& logits, Backend& backend, const Dataset& examples,
                                       Index batch_tokens = 4096);

}  // namespace heed
