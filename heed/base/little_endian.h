#pragma once
#include <concepts>
#include <cstddef>
#include <string>

namespace heed {

/// The bytes of a whole number, the least significant first.
template <std::unsigned_integral Number>
std::string little_endian(Number number) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof(Number); ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
  return bytes;
}

}  // namespace heed
