#pragma once
#include <filesystem>

#include "heed/corpus/pair_reader.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"
#include "heed/corpus/table_columns.h"
#include "heed/io/line_reader.h"

namespace heed {

/// A TSV: two columns of each line, parted by tabs. DataError if a line has too few columns or is not UTF-8,
/// ConfigError for columns that cannot be. The report must outlive it.
class TableReader final : public PairReader {
 public:
  TableReader(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report);

  bool next(TextPair& pair) override;
  std::string where() const override { return lines_.where(); }

 private:
  LineReader lines_;
  TableColumns columns_;
  ReadOptions options_;
  ReadReport& report_;
};

}  // namespace heed
