#include "heed/metrics/character_tokenizers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "heed/metrics/characters.h"
#include "heed/metrics/mteval.h"

namespace heed {
namespace {

// The ranges of sacreBLEU, ends included. It writes two beyond U+FFFF with four hexadecimal digits and a
// fifth character; what Python makes of these is all from U+2001 to U+2A6D, and nothing beyond U+FFFF.
constexpr std::array<std::pair<char32_t, char32_t>, 12> chinese{{{0x2001, 0x2a6d},
                                                                 {0x2e80, 0x2fdf},
                                                                 {0x2ff0, 0x303f},
                                                                 {0x3100, 0x312f},
                                                                 {0x31a0, 0x31ef},
                                                                 {0x3200, 0x4db5},
                                                                 {0x4e00, 0x9fbb},
                                                                 {0xf900, 0xfa2d},
                                                                 {0xfa30, 0xfa6a},
                                                                 {0xfe10, 0xfe1f},
                                                                 {0xfe30, 0xfe4f},
                                                                 {0xff00, 0xffef}}};

bool is_chinese(char32_t character) {
  return std::ranges::any_of(
      chinese, [&](const auto& range) { return range.first <= character && character <= range.second; });
}

}  // namespace

std::string tokenize_chinese(std::string_view text) {
  std::u32string spaced;
  for (const char32_t character : code_points(text)) {
    const bool apart = is_chinese(character);
    if (apart) spaced += U' ';
    spaced += character;
    if (apart) spaced += U' ';
  }
  return separate_points(separate_marks(utf8(spaced)));
}

std::string tokenize_characters(std::string_view text) {
  std::u32string spaced;
  for (const char32_t character : code_points(text)) {
    if (!spaced.empty()) spaced += U' ';
    spaced += character;
  }
  return utf8(spaced);
}

}  // namespace heed
