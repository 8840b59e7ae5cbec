#pragma once
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "heed/io/line_reader.h"
#include "heed/io/table_dialect.h"

namespace heed {

/// A row of a table.
struct TableRow {
  std::string text;       // as the file has it; with cells of several lines, these lines
  TableCells cut;         // its cells, which last until the next row is read into it
  std::string problem{};  // what is wrong with its quotes or the number of its cells; empty if nothing is
  bool blank = false;     // nothing but white space

  const std::vector<std::string_view>& cells() const { return cut.cells; }
};

/// The rows of a table of text: TSV, or CSV as RFC 4180 and spreadsheets write it, with any of four
/// separators. FileError and DataError as LineReader and dialect_of have them.
class TableRows {
 public:
  TableRows(const std::filesystem::path& path, const TableOptions& options);

  /// The next row; false after the last. What is wrong with one is for the caller to refuse or to leave out:
  /// after a quote that nothing closes the row ends with its line.
  bool next(TableRow& row);
  /// "FILE:LINE" where the last row begins.
  std::string where() const;
  const std::string& name() const { return lines_.name(); }
  Index line() const { return line_; }

  /// What the file says of itself; nothing if it has no columns, so that rows are lines of one cell.
  const std::optional<TableDialect>& dialect() const { return dialect_; }
  /// Takes a file without columns for a table of this dialect.
  void assume(const TableDialect& dialect);
  /// Takes it for a file without columns after all, from `row` on, the last one that was given: a line of its
  /// own again.
  void take_for_lines(TableRow& row);
  /// Whether the file's name says that it is CSV.
  bool named_csv() const;
  /// "FILE: columns separated by commas, cells may be in quotes": empty for a plain TSV.
  std::string note() const;
  /// What LineReader::note() says, once all rows are read.
  std::string line_note() const { return lines_.note(); }

 private:
  bool next_line(std::string& line);
  void take_back(std::string line);

  LineReader lines_;
  std::deque<std::string> ahead_;  // read, but not given out
  std::optional<TableDialect> dialect_;
  Index line_ = 0, taken_ = 0;
};

}  // namespace heed
