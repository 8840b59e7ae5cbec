#pragma once
#include "heed/nn/parameters.h"
#include "heed/ops/linear.h"

namespace heed {

/// x weight^T + bias. [rows, inputs] to [rows, outputs].
class Linear {
 public:
  Linear(const ParameterScope& scope, Index inputs, Index outputs)
      : weight_(scope.prepacked({"weight"},
                                scope.parameter("weight", {outputs, inputs}, glorot(outputs, inputs)))),
        bias_(scope.parameter("bias", {outputs}, zeros())) {}
  /// With parameters that somebody else holds too; the bias may be absent.
  Linear(Variable weight, Variable bias) : weight_(std::move(weight)), bias_(std::move(bias)) {}

  Variable operator()(const Variable& x, const ops::LinearOptions& options = {}) const {
    return ops::linear(x, weight_, bias_, options);
  }

  static Linear without_bias(const ParameterScope& scope, Index inputs, Index outputs) {
    return {
        scope.prepacked({"weight"}, scope.parameter("weight", {outputs, inputs}, glorot(outputs, inputs))),
        {}};
  }

  const Variable& weight() const { return weight_; }
  const Variable& bias() const { return bias_; }

 private:
  Variable weight_, bias_;
};

}  // namespace heed
