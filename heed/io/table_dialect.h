#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/io/table_options.h"

namespace heed {

/// How the rows of one table are written.
struct TableDialect {
  char separator = '\t';
  bool quotes = false;      // cells may stand in double quotes (RFC 4180)
  std::size_t columns = 0;  // that rows have; 0: it varies, as in a TSV
  bool certain = false;     // cells in quotes leave no doubt that it is a table

  bool plain_tsv() const { return separator == '\t' && !quotes; }
  /// "tabs", "commas", ...
  std::string_view separator_name() const;
};

/// A row cut into cells: views into its text or, of a cell in quotes, into `unquoted`.
struct TableCells {
  /// Whether quotes stand as RFC 4180 wants them.
  enum class Quotes {
    sound,
    open,       // the text ends within a cell in quotes
    misplaced,  // text follows a closing quote
  };

  std::vector<std::string_view> cells;
  std::string unquoted;

  /// Cuts a text, which must outlive the cells.
  Quotes cut(std::string_view text, const TableDialect& dialect);
};

/// Whether a line that begins within quotes ends them: quotes that are part of the text are doubled.
bool closes_quotes(std::string_view line);

/// Whether a file's name ends with an extension, before what says how it is compressed.
bool has_extension(std::string_view name, std::string_view extension);

/// The separator that a line such as "sep=;" names, which spreadsheets put first; nothing for other lines.
std::optional<Separator> named_separator(std::string_view line);

/// The dialect of a table by its first lines. Nothing if no separator cuts the rows into as many columns, two
/// or more; DataError, beginning with `name`, if several do, or if the lines are JSON or XML. `whole`: there
/// are no other lines. The options are obeyed where they say something.
std::optional<TableDialect> dialect_of(std::span<const std::string> lines, bool whole,
                                       const TableOptions& options, std::string_view name);

}  // namespace heed
