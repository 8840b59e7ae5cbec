#pragma once
#include "heed/backend/backend.h"
#include "heed/base/random.h"

namespace heed {

/// Halves below it are dropped: the probability on a grid of 2^-16.
inline std::uint32_t dropout_threshold(const Dropout& dropout) {
  return static_cast<std::uint32_t>(dropout.probability * 65536.0f + 0.5f);
}

/// What an element is multiplied with: 0, or 1 / (1 - probability). Defines which elements a Dropout drops,
/// for every backend: element i takes the (i % 8)th 16-bit half of the Philox block i / 8 of its stream.
inline float dropout_factor(const Dropout& dropout, Index element) {
  const auto number = static_cast<std::uint64_t>(element);
  const std::uint64_t block = number / 8;
  const auto words =
      philox(dropout.key,
             {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32),
              static_cast<std::uint32_t>(dropout.stream), static_cast<std::uint32_t>(dropout.stream >> 32)});
  const std::uint32_t word = words[number % 8 / 2];
  const std::uint32_t half = number % 2 == 0 ? word & 0xFFFF : word >> 16;
  return half < dropout_threshold(dropout) ? 0.0f : 1 / (1 - dropout.probability);
}

}  // namespace heed
