#pragma once
#include <span>
#include <string>
#include <string_view>

#include "heed/corpus/read_options.h"
#include "heed/corpus/text_pair.h"

namespace heed {

/// The two columns of a table that hold the texts.
class TableColumns {
 public:
  /// ConfigError unless the options name two different ones.
  explicit TableColumns(const ReadOptions& options);

  /// Whether a table's first row names its columns; if so, those that the options leave open follow from it.
  bool take_header(std::span<const std::string_view> cells, const ReadOptions& options);
  /// "source in column 2 (en), target in column 3 (de)", after a header.
  const std::string& note() const { return note_; }

  Index needed() const { return source_ > target_ ? source_ : target_; }
  /// The pair of a row with as many cells as are needed, or more.
  TextPair pair(std::span<const std::string_view> cells) const;

 private:
  Index source_, target_;  // from 1
  std::string note_;
};

}  // namespace heed
