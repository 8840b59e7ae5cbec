#pragma once
#include <string>
#include <string_view>

namespace heed {

/// sacreBLEU's zh: each Chinese character or mark a word of its own, the rest by the marks of mteval-v13a.
std::string tokenize_chinese(std::string_view text);

/// sacreBLEU's char: every character a word.
std::string tokenize_characters(std::string_view text);

}  // namespace heed
