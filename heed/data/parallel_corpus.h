#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// A text and its translation.
struct TextPair {
  std::string source, target;
};

/// What became of every line pair: nothing is dropped without being counted here.
struct ReadReport {
  Index read = 0;
  Index kept = 0;
  Index empty_source = 0;  // empty or white space only, on the source side or on both
  Index empty_target = 0;
  Index invalid = 0;          // not UTF-8, skipped because that was asked for
  Index too_long = 0;         // more tokens than allowed, on either side
  Index unbalanced = 0;       // one side too many times longer than the other
  std::string first_invalid;  // FILE:LINE:BYTE

  Index skipped() const { return read - kept; }
  /// "29000 pairs read, 28990 kept", then a line for each kind of skip.
  std::vector<std::string> lines() const;
};

/// How a corpus is read.
struct ReadOptions {
  bool skip_invalid = false;  // count lines that are not UTF-8 instead of stopping at the first
  Index source_column = 1;    // of a TSV, from 1
  Index target_column = 2;

  static constexpr auto fields() {
    using C = ReadOptions;
    return std::tuple(
        field("skip_invalid", &C::skip_invalid,
              "count lines that are not UTF-8 instead of stopping at the first"),
        field("source_column", &C::source_column, "column of a TSV that holds the source, from 1", {1}),
        field("target_column", &C::target_column, "column of a TSV that holds the target, from 1", {1}));
  }
};

/// Pairs of texts and how reading them went.
struct ParallelCorpus {
  std::vector<TextPair> pairs;
  ReadReport report;
};

/// Two files of which line n of one is the translation of line n of the other. DataError if one ends before
/// the other or a line is not UTF-8.
ParallelCorpus read_parallel(const std::filesystem::path& source, const std::filesystem::path& target,
                             const ReadOptions& options = {});

/// One file with a pair a line, its columns parted by tabs. DataError if a line has too few columns or is not
/// UTF-8.
ParallelCorpus read_tsv(const std::filesystem::path& path, const ReadOptions& options = {});

}  // namespace heed
