#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Each row of x brought to mean 0 and variance 1, then gain * it + bias. x [rows, width], gain and bias
/// [width].
Variable layer_norm(const Variable& x, const Variable& gain, const Variable& bias);

/// What normalized rows are brought to, [width] each.
struct Norm {
  Variable gain, bias;
};

/// layer_norm(x + dropout(sublayer)): "Add & Norm" of sections 3.1 and 5.4 in one. Drops only in a training
/// pass.
Variable add_layer_norm(const Variable& x, const Variable& sublayer, const Norm& norm,
                        float dropout_probability);

}  // namespace heed::ops
