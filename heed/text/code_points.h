#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heed {

/// The character that the UTF-8 at a place spells, which moves behind it; U+FFFD for a byte that spells none.
std::int32_t next_beyond_ascii(std::string_view text, std::size_t& at);

/// The same, quick where it is ASCII.
inline std::int32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0x80) return next_beyond_ascii(text, at);
  ++at;
  return byte;
}

/// Whether the step from `before` to `at` went over a byte that spells no character.
inline bool is_malformed_step(std::int32_t code_point, std::size_t before, std::size_t at) {
  return code_point == 0xFFFD && at - before == 1;
}

/// Appends the UTF-8 of a code point, which is no surrogate.
void append_utf8(std::string& text, std::int32_t code_point);

}  // namespace heed
