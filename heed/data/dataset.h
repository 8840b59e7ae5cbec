#pragma once
#include <array>
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// One column of a batch: a sequence of each example, one after the other without padding. The rows of a
/// sequence are integers (tokens, classes), or else vectors of `width` numbers (patches, measurements).
struct Column {
  std::vector<Index> tokens;
  std::vector<float> numbers;  // [rows, width]
  Index width = 0;             // of a row of numbers
  std::vector<Index> lengths;  // rows of each example
};

/// Numbered examples to learn from, each with a sequence in every column: source and target of a translator,
/// inputs and targets of a language model, tokens and class of a classifier.
class Dataset {
 public:
  static constexpr Index most_columns = 8;

  virtual ~Dataset() = default;
  virtual Index size() const = 0;
  virtual Index columns() const = 0;
  /// Rows of an example's sequence in a column. Where that varies from epoch to epoch, the most of them as
  /// far as can be told; the column with most rows has as many in all epochs.
  virtual Index rows(Index example, Index column) const = 0;
  /// Puts an example behind those that the columns hold. What a dataset varies from epoch to epoch follows
  /// from the epoch's number. FileError if it lies in a file that can no longer be read.
  virtual void append(Index example, Index epoch, std::span<Column> columns) const = 0;
  /// Gives back memory that planning an epoch has taken, such as pages of mapped files.
  virtual void forget() const {}
};

}  // namespace heed
