#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// The matrix product of a [m, k] and b [k, n].
Variable matmul(const Variable& a, const Variable& b);

}  // namespace heed::ops
