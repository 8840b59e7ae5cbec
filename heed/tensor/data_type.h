#pragma once
#include <bit>
#include <cstdint>
#include <string_view>

#include "heed/base/index.h"

namespace heed {

/// How one element of a tensor is stored.
enum class DataType : std::uint8_t { float32, bfloat16, int32, int8 };

constexpr Index size_of(DataType type) {
  switch (type) {
    case DataType::float32:
    case DataType::int32:
      return 4;
    case DataType::bfloat16:
      return 2;
    case DataType::int8:
      return 1;
  }
  return 0;
}

std::string_view name_of(DataType type);

/// The upper half of a float32: its range with 8 bits of precision.
struct BFloat16 {
  std::uint16_t bits = 0;

  BFloat16() = default;
  /// Rounds to the nearest, ties to even; not-a-number stays one.
  explicit BFloat16(float value) {
    const auto word = std::bit_cast<std::uint32_t>(value);
    if ((word & 0x7FFFFFFF) > 0x7F800000) {
      bits = static_cast<std::uint16_t>((word >> 16) | 0x40);
    } else {
      bits = static_cast<std::uint16_t>((word + 0x7FFF + ((word >> 16) & 1)) >> 16);
    }
  }
  explicit operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};

/// The DataType that stores elements of a C++ type.
template <class T>
inline constexpr DataType data_type_of = DataType::float32;
template <>
inline constexpr DataType data_type_of<BFloat16> = DataType::bfloat16;
template <>
inline constexpr DataType data_type_of<std::int32_t> = DataType::int32;
template <>
inline constexpr DataType data_type_of<std::int8_t> = DataType::int8;

}  // namespace heed
