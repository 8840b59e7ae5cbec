#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>

#include "heed/backend/backend.h"

namespace heed::reference {

constexpr float gelu_tanh_scale =
    std::numbers::sqrt2_v<float> * std::numbers::inv_sqrtpi_v<float>;  // sqrt(2 / pi)
inline float gelu_tanh_argument(float x) { return gelu_tanh_scale * (x + 0.044715f * x * x * x); }

/// relu(x) = max(0, x); gelu(x) = x * P(X <= x) for a normal X (Hendrycks & Gimpel, 2016, the exact form);
/// silu(x) = x * sigmoid(x) (the Swish of SwiGLU: Shazeer, 2020); gelu_tanh is the approximation of gelu that
/// GPT-2 has (section 2 there).
inline float activated(Activation activation, float x) {
  switch (activation) {
    case Activation::none:
      return x;
    case Activation::relu:
      return std::max(0.0f, x);
    case Activation::gelu:
      return 0.5f * x * (1 + std::erf(x * std::numbers::sqrt2_v<float> / 2));
    case Activation::silu:
      return x / (1 + std::exp(-x));
    case Activation::tanh:
      return std::tanh(x);
    case Activation::gelu_tanh:
      return 0.5f * x * (1 + std::tanh(gelu_tanh_argument(x)));
  }
  return x;
}

inline float activation_slope(Activation activation, float x) {
  switch (activation) {
    case Activation::none:
      return 1;
    case Activation::relu:
      return x > 0 ? 1.0f : 0.0f;
    case Activation::gelu: {
      const float below = 0.5f * (1 + std::erf(x * std::numbers::sqrt2_v<float> / 2));
      const float density =
          std::exp(-0.5f * x * x) * std::numbers::inv_sqrtpi_v<float> / std::numbers::sqrt2_v<float>;
      return below + x * density;
    }
    case Activation::silu: {
      const float sigmoid = 1 / (1 + std::exp(-x));
      return sigmoid * (1 + x * (1 - sigmoid));
    }
    case Activation::tanh: {
      const float y = std::tanh(x);
      return 1 - y * y;
    }
    case Activation::gelu_tanh: {
      const float u = gelu_tanh_argument(x), over = std::cosh(u);
      const float slope = gelu_tanh_scale * (1 + 3 * 0.044715f * x * x);
      return 0.5f * (1 + std::tanh(u)) + 0.5f * x / (over * over) * slope;
    }
  }
  return 1;
}

}  // namespace heed::reference
