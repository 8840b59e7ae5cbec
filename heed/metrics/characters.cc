#include "heed/metrics/characters.h"

#include <unicode/utf8.h>

namespace heed {
namespace {

// ICU's macros narrow as they please.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"

/// Decodes the character at `position` and moves past it.
UChar32 next(std::string_view text, std::int32_t& position) {
  UChar32 character;
  const auto length = static_cast<std::int32_t>(text.size());
  U8_NEXT(text.data(), position, length, character);
  return character;
}

void append(std::string& text, char32_t character) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, character);
  text.append(bytes, static_cast<std::size_t>(length));
}

#pragma GCC diagnostic pop

/// Calls visit(character, begin, end) for every character of valid UTF-8.
template <class Visit>
void for_each_character(std::string_view text, const Visit& visit) {
  for (std::int32_t begin = 0, end = 0; end < static_cast<std::int32_t>(text.size()); begin = end) {
    const auto character = static_cast<char32_t>(next(text, end));
    visit(character, static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
  }
}

}  // namespace

std::u32string code_points(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  for_each_character(text, [&](char32_t character, auto, auto) { characters += character; });
  return characters;
}

std::string utf8(std::u32string_view characters) {
  std::string text;
  text.reserve(characters.size());
  for (char32_t character : characters) append(text, character);
  return text;
}

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t word = 0;
  for_each_character(text, [&](char32_t character, std::size_t begin, std::size_t end) {
    if (!is_space(character)) return;
    if (begin > word) found.push_back(text.substr(word, begin - word));
    word = end;
  });
  if (text.size() > word) found.push_back(text.substr(word));
  return found;
}

std::string single_spaced(std::string_view text) {
  std::string result;
  for (std::string_view word : words(text)) {
    if (!result.empty()) result += ' ';
    result += word;
  }
  return result;
}

std::string_view without_trailing_space(std::string_view text) {
  std::size_t length = 0;
  for_each_character(text, [&](char32_t character, std::size_t, std::size_t end) {
    if (!is_space(character)) length = end;
  });
  return text.substr(0, length);
}

}  // namespace heed
