#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Each row of x brought to mean 0 and variance 1, then gain * it + bias. x [rows, width], gain and bias
/// [width].
Variable layer_norm(const Variable& x, const Variable& gain, const Variable& bias);

}  // namespace heed::ops
