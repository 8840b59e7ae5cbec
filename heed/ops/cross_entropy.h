#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// The cross-entropy of the targets under softmax(logits), summed over the rows, in nats. logits [rows,
/// classes]. Label smoothing spreads that share of each target's probability evenly over all classes
/// (section 5.4).
Variable cross_entropy(const Variable& logits, const IndexList& targets, float label_smoothing = 0);

/// What turns the last layer's result into logits.
struct Projection {
  Variable weight, bias;  // [classes, width]; [classes] or absent
};

/// The same for logits = x weight^T + bias, x [rows, width]. Logits and their gradients exist for a few rows
/// at a time only: nothing of [rows, classes] is ever held.
Variable projected_cross_entropy(const Variable& x, const Projection& to, const IndexList& targets,
                                 float label_smoothing = 0);

}  // namespace heed::ops
