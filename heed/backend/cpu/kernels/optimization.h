#pragma once
#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

void adam(float* p, const float* gradient, float* m, float* v, const Adam& step, Index n) {
#pragma GCC ivdep
  for (Index i = 0; i < n; ++i) {
    const float g = gradient[i] * step.gradient_scale;
    m[i] = step.beta1 * m[i] + (1 - step.beta1) * g;
    v[i] = step.beta2 * v[i] + (1 - step.beta2) * g * g;
    const float change =
        m[i] * step.mean_correction / (__builtin_sqrtf(v[i] * step.variance_correction) + step.epsilon);
    p[i] -= step.learning_rate * (change + step.weight_decay * p[i]);
  }
}

void average(const float* from, float weight, float* into, Index n) {
  sweep(n, [&](Index i, auto part) {
    const Floats old = load(into + i, part);
    store(into + i, old + weight * (load(from + i, part) - old), part);
  });
}

double squared_norm(const float* x, Index n) {
  double sums[16] = {};
  Index i = 0;
  for (; i + 16 <= n; i += 16)
#pragma GCC unroll 16
    for (Index j = 0; j < 16; ++j) sums[j] += static_cast<double>(x[i + j]) * static_cast<double>(x[i + j]);
  for (; i < n; ++i) sums[0] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  double total = 0;
  for (const double part : sums) total += part;
  return total;
}

}  // namespace
}  // namespace heed::cpu
