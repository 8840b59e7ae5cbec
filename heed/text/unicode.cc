#include "heed/text/unicode.h"

#include "heed/base/error.h"
#include "heed/text/code_points.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace heed {
namespace {

constexpr std::string_view ascii_white_space = " \t\n\v\f\r";

bool between(unsigned char byte, unsigned char low, unsigned char high) {
  return low <= byte && byte <= high;
}

/// Bytes of the well-formed sequence that `text`, which is not empty, starts with; 0 if it starts with none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : static_cast<unsigned char>(0);
  };
  const auto follows = [&](std::size_t at) { return between(byte(at), 0x80, 0xBF); };
  const unsigned char first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (between(first, 0xC2, 0xDF)) return follows(1) ? 2 : 0;
  if (between(first, 0xE0, 0xEF)) {
    const unsigned char low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return between(second, low, high) && follows(2) ? 3 : 0;
  }
  if (between(first, 0xF0, 0xF4)) {
    const unsigned char low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return between(second, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

/// The character that a well-formed sequence spells.
UChar32 code_point(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  UChar32 character = sequence.size() == 1 ? first : first & (0x7F >> sequence.size());
  for (const char byte : sequence.substr(1))
    character = character << 6 | (static_cast<unsigned char>(byte) & 0x3F);
  return character;
}

/// Whether eight bytes, loaded as one word, are all ASCII: most text is, and goes by at this pace.
bool eight_ascii(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return (word & 0x8080808080808080u) == 0;
}

}  // namespace

std::int32_t next_beyond_ascii(std::string_view text, std::size_t& at) {
  const std::size_t length = sequence_length(text.substr(at));
  if (length == 0) {
    ++at;
    return 0xFFFD;
  }
  const UChar32 character = code_point(text.substr(at, length));
  at += length;
  return character;
}

void append_utf8(std::string& text, std::int32_t code_point) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code_point);
  text.append(bytes, static_cast<std::size_t>(length));
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size() && eight_ascii(text.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

void require_utf8(std::string_view text, std::string_view where, std::string_view remedy) {
  const auto wrong = first_invalid_utf8(text);
  require<DataError>(!wrong, where, ": byte ", wrong.value_or(0) + 1, " is not UTF-8; ", remedy);
}

Index count_code_points(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

bool is_blank(std::string_view text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(ascii_white_space), text.size()));
    if (text.empty()) return true;
    if (static_cast<unsigned char>(text.front()) < 0x80) return false;
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    const UChar32 character = code_point(text.substr(0, length));
    if (!u_isUWhiteSpace(character) && !u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
      return false;
    text.remove_prefix(length);
  }
}

bool has_letters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (u_isalpha(next_code_point(text, at))) return true;
  return false;
}

bool shows_something(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length > 0) {
      const UChar32 character = code_point(text.substr(0, length));
      // U+2581 is how SentencePiece writes a space, U+FFFD stands for what could not be read.
      if (character != 0x2581 && character != 0xFFFD &&
          (U_GET_GC_MASK(character) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_P_MASK | U_GC_S_MASK)) != 0)
        return true;
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(ascii_white_space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(ascii_white_space) + 1 - begin);
}

std::string printable(std::string_view text, std::size_t limit) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(sequence_length(text.substr(at)), 1);
    if (at + length > limit) return shown + "...";
    const auto byte = static_cast<unsigned char>(text[at]);
    if (length == 1 && (byte < 0x20 || byte >= 0x7F))
      shown.append("\\x").append({digits[byte >> 4], digits[byte & 15]});
    else
      shown.append(text.substr(at, length));
    at += length;
  }
  return shown;
}

}  // namespace heed
