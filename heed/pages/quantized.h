#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "heed/base/base64.h"

namespace heed {

/// Numbers as signed or unsigned bytes times a scale, and the largest error that this makes.
struct Quantized {
  double scale = 0, largest_error = 0;
  std::string values;  // base64
};

/// `most` is the byte of the largest number.
template <class Byte>
Quantized quantized(const std::vector<float>& values, double most) {
  double largest = 0;
  for (const float value : values) largest = std::max(largest, std::abs(double{value}));
  Quantized result{.scale = largest > 0 ? largest / most : 1.0, .values = {}};
  std::vector<std::uint8_t> bytes(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto byte = static_cast<Byte>(std::lround(values[i] / result.scale));
    bytes[i] = static_cast<std::uint8_t>(byte);
    result.largest_error = std::max(result.largest_error, std::abs(byte * result.scale - values[i]));
  }
  result.values = base64(bytes);
  return result;
}

}  // namespace heed
