#pragma once
#include <string>
#include <string_view>

namespace heed {

/// A text as one line: runs of white space that hold an end of line or a tab become one space, and none is
/// left at either end.
std::string as_one_line(std::string_view text);

/// The text with a space for each character that would end a line or a column of a TSV.
std::string without_breaks(std::string text);

/// The text with ends of line as \n and \r, and a backslash as two.
std::string with_escaped_breaks(std::string_view text);

}  // namespace heed
