#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace heed {

/// The code points of valid UTF-8.
std::u32string code_points(std::string_view text);

/// The UTF-8 of code points.
std::string utf8(std::u32string_view characters);

/// White space as Python's str.split() and str.strip() see it, which includes the no-break spaces and the
/// ASCII separators 0x1c to 0x1f: the scores of sacreBLEU depend on it.
bool is_space(char32_t character);

/// The maximal runs without white space, in order. They point into the text.
std::vector<std::string_view> words(std::string_view text);

/// The words with single spaces between them.
std::string single_spaced(std::string_view text);

/// The text without the white space at its end.
std::string_view without_trailing_space(std::string_view text);

}  // namespace heed
