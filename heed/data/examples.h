#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

#include "heed/base/index.h"
#include "heed/base/mapped_file.h"
#include "heed/data/dataset.h"

namespace heed {

/// Consecutive examples in a file: where each sequence ends, and behind that the sequences' tokens one after
/// the other, of each example those of all columns.
struct MappedExamples {
  std::shared_ptr<const MappedFile> file;
  std::span<const std::uint32_t> ends;  // mapped, one for each column of an example
  Index tokens() const { return ends.empty() ? 0 : static_cast<Index>(ends.back()); }
};

/// A tokenized corpus, compact: four bytes a token, in memory or in files. Sequences are kept as they are
/// given: who wants them to end with EOS adds it.
class Examples : public Dataset {
 public:
  explicit Examples(Index columns = 2) : columns_(columns), tokens_of_columns_(at(columns), 0) {}

  Index size() const override { return in_files_ + std::ssize(ends_) / columns_; }
  Index columns() const override { return columns_; }
  Index rows(Index example, Index column) const override { return place(example, column).length; }
  void append(Index example, Index epoch, std::span<Column> columns) const override;
  void forget() const override;

  /// FileError if it lies in a file that can no longer be read.
  std::vector<std::int32_t> sequence(Index example, Index column) const;
  /// Tokens of all examples in a column.
  Index tokens(Index column) const { return tokens_of_columns_[at(column)]; }

  /// Adds an example: a sequence for each column. DataError beyond 2^32 tokens: more belong in files.
  void add(std::span<const std::span<const Index>> sequences);
  void add(std::initializer_list<std::span<const Index>> sequences) {
    add(std::span(sequences.begin(), sequences.size()));
  }
  /// Adds what a file holds, with its tokens in each column. Files come before other examples.
  void add(MappedExamples part, std::span<const Index> tokens_of_columns);

 private:
  struct Part {
    MappedExamples examples;
    Index first;  // the number of its first example
  };

  /// Where a sequence lies.
  struct Place {
    const MappedExamples* file;  // none: in memory
    std::size_t begin;           // among the file's tokens, or those in memory
    Index length;
  };

  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  Place place(Index example, Index column) const;

  Index columns_;
  std::vector<Part> files_;
  Index in_files_ = 0;
  std::vector<std::int32_t> tokens_;  // of the examples behind those in files
  std::vector<std::uint32_t> ends_;
  std::vector<Index> tokens_of_columns_;
};

}  // namespace heed
