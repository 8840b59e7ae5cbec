#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "heed/corpus/read_options.h"
#include "heed/corpus/text_pair.h"

namespace heed {

/// The two columns of a table that hold the texts; a table's columns are parted by tabs.
class TableColumns {
 public:
  /// ConfigError unless the options name two different ones.
  explicit TableColumns(const ReadOptions& options);

  /// The pair on a line; nothing if the line is blank. DataError for a line with too few columns; `where`
  /// says FILE:LINE when it is needed.
  std::optional<TextPair> pair(std::string_view line, const std::function<std::string()>& where) const;

 private:
  Index source_, target_;  // from 1
};

}  // namespace heed
