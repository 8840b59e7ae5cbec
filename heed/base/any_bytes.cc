#include "heed/base/any_bytes.h"

#include <cstddef>
#include <cstdint>

namespace heed {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

/// Bytes of the well-formed character at `i` (table 3-7 of the Unicode standard); 0 if there is none.
std::size_t character_at(std::string_view text, std::size_t i) {
  const std::uint8_t first = byte_at(text, i);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((byte_at(text, i + k) & 0xC0) != 0x80) return 0;
  const std::uint8_t second = byte_at(text, i + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90),
             surrogate = first == 0xED && second > 0x9F, beyond = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

/// Whether the character at `i` stands for a byte: U+EF80 to U+EFFF, which is EE BE 80 to EE BF BF.
bool stands_for_a_byte(std::string_view text, std::size_t i) {
  return i + 2 < text.size() && byte_at(text, i) == 0xEE &&
         (byte_at(text, i + 1) == 0xBE || byte_at(text, i + 1) == 0xBF) &&
         (byte_at(text, i + 2) & 0xC0) == 0x80;
}

void append_for_byte(std::string& text, std::uint8_t byte) {
  text += '\xEE';
  text += static_cast<char>(byte < 0xC0 ? 0xBE : 0xBF);
  text += static_cast<char>(0x80 | (byte & 0x3F));
}

}  // namespace

std::string utf8_of(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = stands_for_a_byte(bytes, i) ? 0 : character_at(bytes, i);
    if (length == 0)
      append_for_byte(text, byte_at(bytes, i));
    else
      text += bytes.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return text;
}

std::string bytes_of(std::string_view utf8) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (!stands_for_a_byte(utf8, i)) {
      bytes += utf8[i];
      continue;
    }
    bytes += static_cast<char>((byte_at(utf8, i + 1) == 0xBE ? 0x80 : 0xC0) | (byte_at(utf8, i + 2) & 0x3F));
    i += 2;
  }
  return bytes;
}

}  // namespace heed
