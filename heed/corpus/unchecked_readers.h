#pragma once
#include <filesystem>

#include "heed/corpus/pair_reader.h"
#include "heed/corpus/pair_table.h"
#include "heed/corpus/parallel_corpus.h"
#include "heed/io/line_reader.h"

namespace heed {

/// Line n of one file and line n of the other, just as they are, as far as both go: whether they go equally
/// far, and belong together, is for find_drift to say. ConfigError if both come from standard input. The
/// report, which must outlive it, is told of unusual ends of lines.
class UncheckedLines final : public PairReader {
 public:
  UncheckedLines(const std::filesystem::path& source, const std::filesystem::path& target,
                 ReadReport& report);

  bool next(TextPair& pair) override;
  std::string where() const override;

 private:
  LineReader source_, target_;
  ReadReport& report_;
};

/// Two columns of a table, TSV or CSV, as they are. Rows that are damaged or have too few columns are counted
/// in the report, which must outlive it.
class UncheckedTable final : public PairReader {
 public:
  UncheckedTable(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report);

  bool next(TextPair& pair) override;
  std::string where() const override;

 private:
  PairTable rows_;
  ReadOptions options_;
  ReadReport& report_;
};

}  // namespace heed
