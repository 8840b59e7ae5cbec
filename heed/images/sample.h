#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace heed {

/// The sample of a channel that is nearest to a number.
inline std::uint8_t nearest_sample(double number) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(number), 0L, 255L));
}

}  // namespace heed
