#include "heed/text/misdecoded.h"

#include "heed/text/code_points.h"

#include <unicode/umachine.h>

#include <array>
#include <cstdint>

namespace heed {
namespace {

/// The byte that a character is in Windows-1252, or -1.
int windows_1252(UChar32 c) {
  constexpr std::array<UChar32, 32> from_0x80{0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                              0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                              0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  if (c < 0x80 || (c >= 0xA0 && c <= 0xFF)) return static_cast<int>(c);
  for (std::size_t i = 0; i < from_0x80.size(); ++i)
    if (from_0x80[i] == c) return static_cast<int>(0x80 + i);
  return -1;
}

/// Quotes, dashes and dots that may well follow a capital letter at the end of a word.
bool closes_a_word(UChar32 c) {
  return c == 0xBB || c == 0xAB || c == 0x2026 || (c >= 0x2013 && c <= 0x2014) ||
         (c >= 0x2018 && c <= 0x201E) || c == 0x2039 || c == 0x203A || c == 0x2122 || c == 0xAE;
}

bool continues(int byte) { return byte >= 0x80 && byte <= 0xBF; }

}  // namespace

bool looks_misdecoded(std::string_view text) {
  // The characters it starts with, Â Ã â Ð Ñ, all begin with this byte.
  if (text.find('\xC3') == std::string_view::npos) return false;
  int evidence = 0, before = -1, two_before = -1;
  for (std::size_t at = 0; at < text.size() && evidence < 2;) {
    const UChar32 character = next_code_point(text, at);
    const int byte = windows_1252(character);
    if (continues(byte)) {
      if (before == 0xC2 || before == 0xC3) evidence += closes_a_word(character) ? 1 : 2;
      if (before == 0xD0 || before == 0xD1) evidence += 1;
      if (two_before == 0xE2 && (before == 0x80 || before == 0x82 || before == 0x84)) evidence += 2;
    }
    two_before = before;
    before = byte;
  }
  return evidence >= 2;
}

}  // namespace heed
