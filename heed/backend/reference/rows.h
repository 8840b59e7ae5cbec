#pragma once
#include <cmath>

#include "heed/tensor/tensor.h"

namespace heed::reference {

/// Row r of a matrix, or of anything whose leading axes are taken together as rows.
inline float* row(const Tensor& x, Index r) {
  return x.data() + r * (x.rank() == 2 ? x.stride(0) : x.size(-1));
}

inline float dot(const float* a, const float* b, Index n) {
  float sum = 0;
  for (Index i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

inline void add_scaled(float* into, float scale, const float* from, Index n) {
  for (Index i = 0; i < n; ++i) into[i] += scale * from[i];
}

}  // namespace heed::reference
