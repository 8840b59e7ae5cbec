#pragma once
#include "heed/nn/parameters.h"
#include "heed/ops/layer_norm.h"

namespace heed {

/// Brings each row to mean 0 and variance 1, then to a learned scale and offset (Ba et al., 2016).
class LayerNorm {
 public:
  LayerNorm(const ParameterScope& scope, Index width)
      : gain_(scope.parameter("weight", {width}, ones())), bias_(scope.parameter("bias", {width}, zeros())) {}

  Variable operator()(const Variable& x) const { return ops::layer_norm(x, gain_, bias_); }

 private:
  Variable gain_, bias_;
};

}  // namespace heed
