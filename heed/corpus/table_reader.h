#pragma once
#include <filesystem>

#include "heed/corpus/pair_reader.h"
#include "heed/corpus/pair_table.h"

namespace heed {

/// A table, TSV or CSV: two columns of each row. DataError if a row is damaged, has too few columns or is not
/// UTF-8, unless such are to be skipped; ConfigError for columns that cannot be. The report must outlive it.
class TableReader final : public PairReader {
 public:
  TableReader(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report);

  bool next(TextPair& pair) override;
  std::string where() const override { return rows_.where(); }

 private:
  PairTable rows_;
  ReadOptions options_;
  ReadReport& report_;
};

}  // namespace heed
