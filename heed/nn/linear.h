#pragma once
#include "heed/nn/parameters.h"
#include "heed/ops/linear.h"

namespace heed {

/// x weight^T + bias, or without the bias. [rows, inputs] to [rows, outputs].
class Linear {
 public:
  struct Options {
    bool bias = true;
  };

  Linear(const ParameterScope& scope, Index inputs, Index outputs, const Options& options)
      : weight_(scope.prepacked({"weight"},
                                scope.parameter("weight", {outputs, inputs}, glorot(outputs, inputs)))),
        bias_(options.bias ? scope.parameter("bias", {outputs}, zeros()) : Variable()) {}
  Linear(const ParameterScope& scope, Index inputs, Index outputs)
      : Linear(scope, inputs, outputs, Options{}) {}
  /// With parameters that somebody else holds too; the bias may be absent.
  Linear(Variable weight, Variable bias) : weight_(std::move(weight)), bias_(std::move(bias)) {}

  Variable operator()(const Variable& x, const ops::LinearOptions& options = {}) const {
    return ops::linear(x, weight_, bias_, options);
  }

  static Linear without_bias(const ParameterScope& scope, Index inputs, Index outputs) {
    return Linear(scope, inputs, outputs, Options{.bias = false});
  }

  const Variable& weight() const { return weight_; }
  const Variable& bias() const { return bias_; }

 private:
  Variable weight_, bias_;
};

}  // namespace heed
