#pragma once
#include "heed/base/fields.h"
#include "heed/nn/norm.h"
#include "heed/ops/arithmetic.h"

namespace heed {

/// Post-norm normalizes the sum, as in the paper; pre-norm what the sublayer is given.
enum class NormOrder { post, pre };
template <>
struct EnumNames<NormOrder> {
  static constexpr std::array names{std::pair{"post", NormOrder::post}, std::pair{"pre", NormOrder::pre}};
  static constexpr std::array former{std::pair{"after", NormOrder::post},
                                     std::pair{"before", NormOrder::pre}};
};

/// "Add & Norm": norm(x + dropout(sublayer(x))), or x + dropout(sublayer(norm(x))). Sections 3.1 and 5.4.
class Residual {
 public:
  struct Options {
    NormOrder order = NormOrder::post;
    float dropout = 0;  // of the sublayer's result
    Norm::Options norm = {};
  };

  Residual(const ParameterScope& norm_scope, Index width, const Options& options)
      : norm_(norm_scope, width, options.norm), order_(options.order), dropout_(options.dropout) {}
  /// With layer normalization.
  Residual(const ParameterScope& norm_scope, Index width, NormOrder order, float dropout)
      : Residual(norm_scope, width, Options{.order = order, .dropout = dropout}) {}

  template <class Sublayer>
  Variable operator()(const Variable& x, const Sublayer& sublayer) const {
    if (order_ == NormOrder::pre) return ops::add_residual(x, sublayer(norm_(x)), dropout_);
    return norm_.of_sum(x, sublayer(x), dropout_);
  }

 private:
  Norm norm_;
  NormOrder order_;
  float dropout_;
};

}  // namespace heed
