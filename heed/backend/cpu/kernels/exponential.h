#pragma once
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

/// e^x within 2 units of the last place, with infinity and not-a-number where std::exp has them. Results
/// below the smallest normal number are zero: such numbers slow processors down, and masked scores are all
/// like that.
[[gnu::always_inline]] inline Floats exponential(Floats x) {
  // x = n ln 2 + r, |r| <= ln 2 / 2. Adding 1.5 * 2^23 rounds to an integer, which then stands in the low
  // bits.
  const Floats magic = all(0x1.8p23f);
  const Floats least = all(-87.3365402f);  // ln 2^-126, rounded up
  const Floats bounded = x > 150.0f ? all(150.0f) : (x < least ? least : x);
  const Floats shifted = bounded * 1.44269504f + magic;
  const Floats n = shifted - magic;
  const Floats r = (bounded - n * 0.693145752f) - n * 1.42860677e-6f;
  // Taylor's series: its eighth term is below 6e-9.
  Floats y = all(1.0f / 5040);
  y = y * r + 1.0f / 720;
  y = y * r + 1.0f / 120;
  y = y * r + 1.0f / 24;
  y = y * r + 1.0f / 6;
  y = y * r + 0.5f;
  y = y * r + 1.0f;
  y = y * r + 1.0f;
  // 2^n in two steps, for overflow to infinity.
  const Ints power =
      reinterpret_cast<Ints>(reinterpret_cast<Words>(shifted) - reinterpret_cast<Words>(magic));
  const Ints half = power >> 1;
  const Floats value =
      y * reinterpret_cast<Floats>((half + 127) << 23) * reinterpret_cast<Floats>((power - half + 127) << 23);
  return x < least ? Floats{} : value;
}

[[gnu::always_inline]] inline Floats hyperbolic_tangent(Floats x) {
  return 1.0f - 2.0f / (1.0f + exponential(2.0f * x));
}
/// The slope of tanh where its value is y.
[[gnu::always_inline]] inline Floats tangent_slope(Floats y) { return 1.0f - y * y; }

/// P(X <= x) for a normal X, with the density's e^(-x^2 / 2), which both the value and the slope of gelu
/// need.
struct Normal {
  Floats below, density;
};
[[gnu::always_inline]] inline Normal normal(Floats x) {
  const Floats z = (x < 0.0f ? -x : x) * 0.707106781f;
  const Floats e = exponential(-z * z);
  // erfc(z) e^(z^2) / 2 = t Q(t) for t = 1 / (1 + 0.4 z): Q interpolated at Chebyshev's points, within 1e-8.
  const Floats t = 1.0f / (1.0f + 0.4f * z);
  constexpr float q[] = {0.112837916f,  0.112838158f,  0.10380036f,    0.0859452857f,
                         0.0590475627f, 0.0435603172f, -0.0268965762f, 0.0734016143f,
                         -0.121520859f, 0.0719205319f, -0.0149343137f};
  Floats y = all(q[10]);
#pragma GCC unroll 10
  for (int i = 9; i >= 0; --i) y = y * t + q[i];
  const Floats tail = e * t * y;
  return {x < 0.0f ? tail : 1.0f - tail, e};
}

}  // namespace
}  // namespace heed::cpu
