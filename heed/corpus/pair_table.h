#pragma once
#include <filesystem>
#include <string>

#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"
#include "heed/corpus/table_columns.h"
#include "heed/corpus/text_pair.h"
#include "heed/io/table_rows.h"

namespace heed {

/// The rows of a table as pairs, not checked. How the table was understood is noted in the report, which must
/// outlive it.
class PairTable {
 public:
  /// ConfigError for columns that cannot be; FileError and DataError as TableRows has them.
  PairTable(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report);

  /// The next row's pair, empty for a blank row; false after the last.
  bool next(TextPair& pair);
  /// Why the last row gave no pair; empty if it did, or is blank.
  const std::string& problem() const { return row_.problem; }
  /// The last row as the file has it.
  const std::string& text() const { return row_.text; }
  /// "FILE:LINE" where the last row begins.
  std::string where() const { return rows_.where(); }

 private:
  bool next_row();

  TableRows rows_;
  TableRow row_;
  TableColumns columns_;
  ReadOptions options_;
  ReadReport& report_;
  bool begun_ = false;
};

}  // namespace heed
