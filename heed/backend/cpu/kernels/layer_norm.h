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
    store(dbias + i, load(dbias + i, part) + out, part);
  });
  const float total = sum(sums) / static_cast<float>(n), along = sum(sums_along) / static_cast<float>(n);
  sweep(n, [&](Index i, auto part) {
    const Floats normal = (load(x + i, part) - mean) * scale;
    const Floats slope = load(gain + i, part) * load(dy + i, part);
    leave(dx + i, scale * (slope - (total + normal * along)), adds, part);
  });
}

}  // namespace
}  // namespace heed::cpu
