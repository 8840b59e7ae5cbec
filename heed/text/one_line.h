#pragma once
#include <string>
#include <string_view>

namespace heed {

/// A text as one line: runs of white space that hold an end of line or a tab become one space, and none is
/// left at either end.
std::string as_one_line(std::string_view text);

}  // namespace heed
