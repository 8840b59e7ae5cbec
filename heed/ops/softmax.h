#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Each row as probabilities: exp(x) / sum of exp(x).
Variable softmax(const Variable& x);

}  // namespace heed::ops
