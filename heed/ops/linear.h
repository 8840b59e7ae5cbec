#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

struct LinearOptions {
  Activation activation = Activation::none;
  float dropout = 0;  // of the activated result
};

/// dropout(activation(x weight^T + bias)). x [rows, in], weight [out, in], bias [out] or absent; gives [rows,
/// out].
Variable linear(const Variable& x, const Variable& weight, const Variable& bias,
                const LinearOptions& options = {});

}  // namespace heed::ops
