#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// activation(x weight^T + bias). x [rows, in], weight [out, in], bias [out] or absent; gives [rows, out].
Variable linear(const Variable& x, const Variable& weight, const Variable& bias,
                Activation activation = Activation::none);

}  // namespace heed::ops
