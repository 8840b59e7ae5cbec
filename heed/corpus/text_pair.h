#pragma once
#include <string>

namespace heed {

/// A text and its translation.
struct TextPair {
  std::string source, target;
};

/// "source TAB target\n", with spaces for what would end a line or a column.
std::string tsv_row(TextPair pair);

}  // namespace heed
