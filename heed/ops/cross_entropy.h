#pragma once
#include <span>

#include "heed/autograd/pass.h"

namespace heed::ops {

/// The cross-entropy of the targets under softmax(logits), summed over the rows, in nats. logits [rows,
/// classes]. Label smoothing spreads that share of each target's probability evenly over all classes
/// (section 5.4).
Variable cross_entropy(const Variable& logits, std::span<const Index> targets, float label_smoothing = 0);

}  // namespace heed::ops
