#pragma once
#include "heed/nn/parameters.h"
#include "heed/ops/layer_norm.h"

namespace heed {

/// Brings each row to mean 0 and variance 1, then to a learned scale and offset (Ba et al., 2016).
class LayerNorm {
 public:
  LayerNorm(const ParameterScope& scope, Index width)
      : norm_{scope.parameter("weight", {width}, ones()), scope.parameter("bias", {width}, zeros())} {}

  Variable operator()(const Variable& x) const { return ops::layer_norm(x, norm_.gain, norm_.bias); }
  /// Of x + dropout(sublayer).
  Variable of_sum(const Variable& x, const Variable& sublayer, float dropout) const {
    return ops::add_layer_norm(x, sublayer, norm_, dropout);
  }

 private:
  ops::Norm norm_;
};

}  // namespace heed
