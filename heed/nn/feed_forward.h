#pragma once
#include <optional>

#include "heed/base/fields.h"
#include "heed/nn/linear.h"
#include "heed/ops/arithmetic.h"

namespace heed {

/// What stands between the two products of a feed-forward network. SwiGLU multiplies with a third (Shazeer,
/// 2020); gelu_tanh is GPT-2's approximation of gelu.
enum class FeedForwardKind { relu, gelu, swiglu, gelu_tanh };
template <>
struct EnumNames<FeedForwardKind> {
  static constexpr std::array names{
      std::pair{"relu", FeedForwardKind::relu}, std::pair{"gelu", FeedForwardKind::gelu},
      std::pair{"swiglu", FeedForwardKind::swiglu}, std::pair{"gelu_tanh", FeedForwardKind::gelu_tanh}};
};

/// The position-wise feed-forward network of section 3.3: contract(activation(expand(x))). [rows, width].
class FeedForward {
 public:
  struct Options {
    FeedForwardKind kind = FeedForwardKind::relu;
    float dropout = 0;  // of the hidden layer
    bool biases = true;
  };

  FeedForward(const ParameterScope& scope, Index width, Index hidden, const Options& options)
      : expand_(scope / "expand", width, hidden, {.bias = options.biases}),
        contract_(scope / "contract", hidden, width, {.bias = options.biases}),
        options_(options) {
    if (options.kind == FeedForwardKind::swiglu)
      gate_.emplace(scope / "gate", width, hidden, Linear::Options{.bias = options.biases});
  }

  Variable operator()(const Variable& x) const { return contract_(hidden(x)); }

 private:
  Variable hidden(const Variable& x) const {
    if (gate_) return ops::dropout((*gate_)(x, {Activation::silu}) * expand_(x), options_.dropout);
    return expand_(x, {.activation = activation(), .dropout = options_.dropout});
  }
  Activation activation() const {
    if (options_.kind == FeedForwardKind::gelu) return Activation::gelu;
    return options_.kind == FeedForwardKind::gelu_tanh ? Activation::gelu_tanh : Activation::relu;
  }

  Linear expand_, contract_;
  std::optional<Linear> gate_;
  Options options_;
};

}  // namespace heed
