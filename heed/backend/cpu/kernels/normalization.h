#pragma once
#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

struct Moments {
  float mean, scale;
};

inline Moments moments(const float* x, Index n, float epsilon) {
  Floats total{}, squares{};
  sweep(n, [&](Index i, auto part) { total += load(x + i, part); });
  const float mean = sum(total) / static_cast<float>(n);
  sweep(
      n,
      [&](Index i, Whole) {
        const Floats off = load(x + i) - mean;
        squares += off * off;
      },
      [&](Index i, Part part) {
        const Floats off = load(x + i, part, mean) - mean;
        squares += off * off;
      });
  return {mean, 1 / __builtin_sqrtf(sum(squares) / static_cast<float>(n) + epsilon)};
}

void layer_norm(const float* x, const float* gain, const float* bias, float epsilon, float* y, Index n) {
  const auto [mean, scale] = moments(x, n, epsilon);
  if (!bias) {
    sweep(n, [&](Index i, auto part) {
      store(y + i, (load(x + i, part) - mean) * scale * load(gain + i, part), part);
    });
    return;
  }
  sweep(n, [&](Index i, auto part) {
    store(y + i, (load(x + i, part) - mean) * scale * load(gain + i, part) + load(bias + i, part), part);
  });
}

void layer_norm_backward(const float* x, const float* gain, float epsilon, const float* dy, float* dx,
                         bool adds, float* dgain, float* dbias, Index n) {
  const auto [mean, scale] = moments(x, n, epsilon);
  Floats sums{}, sums_along{};
  sweep(n, [&](Index i, auto part) {
    const Floats normal = (load(x + i, part) - mean) * scale, out = load(dy + i, part);
    const Floats slope = load(gain + i, part) * out;
    sums += slope;
    sums_along += slope * normal;
    store(dgain + i, load(dgain + i, part) + out * normal, part);
    if (dbias) store(dbias + i, load(dbias + i, part) + out, part);
  });
  const float total = sum(sums) / static_cast<float>(n), along = sum(sums_along) / static_cast<float>(n);
  sweep(n, [&](Index i, auto part) {
    const Floats normal = (load(x + i, part) - mean) * scale;
    const Floats slope = load(gain + i, part) * load(dy + i, part);
    leave(dx + i, scale * (slope - (total + normal * along)), adds, part);
  });
}

/// The sum of squares. Four sums, as additions wait for each other.
inline float square_sum(const float* x, Index n) {
  Floats sums[4] = {};
  Index i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
#pragma GCC unroll 4
    for (Index j = 0; j < 4; ++j) sums[j] += load(x + i + j * lanes) * load(x + i + j * lanes);
  }
  sweep(n - i, [&](Index k, auto part) { sums[0] += load(x + i + k, part) * load(x + i + k, part); });
  return sum((sums[0] + sums[1]) + (sums[2] + sums[3]));
}
inline float rms_scale(const float* x, Index n, float epsilon) {
  return 1 / __builtin_sqrtf(square_sum(x, n) / static_cast<float>(n) + epsilon);
}

void rms_norm(const float* x, const float* gain, float epsilon, float* y, Index n) {
  const float scale = rms_scale(x, n, epsilon);
  sweep(n, [&](Index i, auto part) { store(y + i, load(x + i, part) * scale * load(gain + i, part), part); });
}

void rms_norm_backward(const float* x, const float* gain, float epsilon, const float* dy, float* dx,
                       bool adds, float* dgain, Index n) {
  const float scale = rms_scale(x, n, epsilon);
  Floats sums_along{};
  sweep(n, [&](Index i, auto part) {
    const Floats normal = load(x + i, part) * scale, out = load(dy + i, part);
    sums_along += load(gain + i, part) * out * normal;
    store(dgain + i, load(dgain + i, part) + out * normal, part);
  });
  const float along = sum(sums_along) / static_cast<float>(n);
  sweep(n, [&](Index i, auto part) {
    const Floats normal = load(x + i, part) * scale;
    const Floats slope = load(gain + i, part) * load(dy + i, part);
    leave(dx + i, scale * (slope - normal * along), adds, part);
  });
}

}  // namespace
}  // namespace heed::cpu
