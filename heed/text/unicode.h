#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "heed/base/index.h"

namespace heed {

/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7: no overlong
/// forms, no surrogates, nothing above U+10FFFF), counted from 0; nothing if all of it is well-formed.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// DataError, starting with `where` and naming the first wrong byte, for text that is not UTF-8; `remedy`
/// says what to do about it.
void require_utf8(std::string_view text, std::string_view where,
                  std::string_view remedy = "convert the text first (iconv -f latin1 -t utf8, say)");

/// Code points in well-formed UTF-8.
Index count_code_points(std::string_view text);

/// Whether nothing is to be seen of it: white space as Unicode has it, marks of no width such as joiners and
/// the byte order mark, or nothing at all.
bool is_blank(std::string_view text);

/// Whether there is a letter, digit, punctuation mark or symbol in it: something that no normalization
/// removes.
bool shows_something(std::string_view text);

/// Whether there is a letter in it: something to translate.
bool has_letters(std::string_view text);

/// The text without ASCII white space at either end.
std::string_view trimmed(std::string_view text);

/// The bytes of text that is to stand in a message: control characters and malformed bytes shown as \xNN, and
/// no more than `limit` bytes of it.
std::string printable(std::string_view text, std::size_t limit = 60);

}  // namespace heed
