#pragma once
#include <optional>

#include "heed/base/random.h"
#include "heed/tensor/tensor.h"

namespace heed {

/// How a parameter starts when no checkpoint gives it.
struct Initializer {
  enum class Kind { constant, uniform, normal };
  Kind kind = Kind::constant;
  float value = 0;  // the constant, the bound, or the standard deviation

  /// `tensor` is a host tensor.
  void fill(const Tensor& tensor, Random random) const;
};

inline Initializer zeros() { return {Initializer::Kind::constant, 0}; }
inline Initializer ones() { return {Initializer::Kind::constant, 1}; }
inline Initializer normal(float deviation) { return {Initializer::Kind::normal, deviation}; }
/// How the weights of a sublayer start; none: as they always do.
struct SublayerStart {
  std::optional<Initializer> within = {};
  std::optional<Initializer> result = {};  // of the product whose result is added to the residual
};

/// Keeps the variance of signals and gradients through a layer [outputs, inputs] (Glorot & Bengio, 2010).
Initializer glorot(Index outputs, Index inputs, float gain = 1);

}  // namespace heed
