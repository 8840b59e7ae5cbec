#pragma once
#include "heed/base/fields.h"
#include "heed/nn/parameters.h"
#include "heed/ops/normalize.h"

namespace heed {

template <>
struct EnumNames<NormKind> {
  static constexpr std::array names{std::pair{"layer", NormKind::layer}, std::pair{"rms", NormKind::rms}};
};

/// Brings each row to mean 0 and variance 1 (layer: Ba et al., 2016) or to a mean square of 1 (rms: Zhang &
/// Sennrich, 2019), then to a learned scale and, in layer, a learned offset.
class Norm {
 public:
  struct Options {
    NormKind kind = NormKind::layer;
    float epsilon = 1e-5f;  // added to the variance or the mean square
    bool bias = true;       // rms has none in any case
  };

  Norm(const ParameterScope& scope, Index width, const Options& options)
      : parameters_{.gain = scope.parameter("weight", {width}, ones()),
                    .bias = options.bias && options.kind == NormKind::layer
                                ? scope.parameter("bias", {width}, zeros())
                                : Variable(),
                    .kind = options.kind,
                    .epsilon = options.epsilon} {}
  /// Layer normalization.
  Norm(const ParameterScope& scope, Index width) : Norm(scope, width, Options{}) {}

  Variable operator()(const Variable& x) const { return ops::normalize(x, parameters_); }
  /// Of x + dropout(sublayer).
  Variable of_sum(const Variable& x, const Variable& sublayer, float dropout) const {
    return ops::add_normalize(x, sublayer, parameters_, dropout);
  }

 private:
  ops::NormParameters parameters_;
};

}  // namespace heed
