#pragma once
#include <cmath>
#include <cstdint>

#include "heed/base/index.h"

namespace heed {

/// A row in whole numbers from -127 to 127, rounded to the nearest, ties to even. Gives what they are to be
/// multiplied with: 1/127 of the largest magnitude.
inline float quantize(const float* row, Index n, std::int8_t* numbers) {
  float most = 0;
  for (Index i = 0; i < n; ++i) most = std::fmax(most, std::fabs(row[i]));
  const float scale = most / 127, inverse = scale > 0 ? 1 / scale : 0;
  for (Index i = 0; i < n; ++i) numbers[i] = static_cast<std::int8_t>(std::nearbyint(row[i] * inverse));
  return scale;
}

}  // namespace heed
