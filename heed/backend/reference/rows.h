#pragma once
#include <algorithm>
#include <cmath>

#include "heed/backend/destination.h"

namespace heed::reference {

/// Row r of a matrix, or of anything whose leading axes are taken together as rows.
inline float* row(const Tensor& x, Index r) {
  return x.data() + r * (x.rank() == 2 ? x.stride(0) : x.size(-1));
}

/// Leaves an element of a result.
inline void leave(const Destination& to, Index r, Index column, float value) {
  float& element = row(to.tensor, r)[column];
  element = to.adds() ? element + value : value;
}

/// Before a sum that is made term by term: zeros, unless it goes on from what is there.
inline void start(const Destination& sum) {
  if (!sum || sum.adds()) return;
  for (Index r = 0; r < sum.tensor.rows(); ++r) std::fill_n(row(sum.tensor, r), sum.tensor.size(-1), 0.0f);
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
