#include "heed/base/base64.h"

#include <algorithm>
#include <cstddef>

namespace heed {

std::string base64(std::span<const std::uint8_t> bytes) {
  constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  for (std::size_t from = 0, to = 0; from < bytes.size(); from += 3, to += 4) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - from);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < count ? bytes[from + i] : 0u);
    for (std::size_t i = 0; i <= count; ++i) text[to + i] = digits[group >> (18 - 6 * i) & 63];
  }
  return text;
}

}  // namespace heed
