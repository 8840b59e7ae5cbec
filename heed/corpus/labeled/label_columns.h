#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/corpus/labeled/labeled_text.h"

namespace heed {

/// Which columns of a table hold the label and the text.
class LabelColumns {
 public:
  /// ConfigError if the options give both the same column.
  explicit LabelColumns(const LabelReading& reading);

  /// Whether a table's first row names its columns (label and text, class and title, ...); if so, those that
  /// the options leave open follow from it.
  bool take_header(std::span<const std::string_view> cells);
  /// "label in column 1 (class), text in column 2 (title) and 3 (description)", after a header.
  const std::string& note() const { return note_; }
  std::size_t label() const { return label_; }

  /// The label and the text of a row: of several columns, what is not blank in them with `between` between.
  /// Nothing but a reason if the row has too few.
  LabeledText of(std::span<const std::string_view> cells, std::string_view between,
                 std::string& problem) const;

 private:
  HeaderRow header_;
  bool label_given_, text_given_;
  std::size_t label_;               // from 0
  std::vector<std::size_t> texts_;  // none: all but the label
  std::string note_;
};

}  // namespace heed
