#include "heed/io/table_rows.h"

#include <algorithm>
#include <vector>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::size_t beginning_bytes = 1 << 16;
// A cell that is longer lacks its closing quote.
constexpr std::size_t longest_row_bytes = 1 << 20;
constexpr std::size_t longest_row_lines = 1000;

}  // namespace

TableRows::TableRows(const std::filesystem::path& path, const TableOptions& options) : lines_(path) {
  std::size_t bytes = 0;
  bool whole = false;
  while (bytes < beginning_bytes && !whole) {
    auto line = lines_.next();
    whole = !line;
    if (whole) break;
    bytes += line->size() + 1;
    ahead_.push_back(std::move(*line));
  }
  TableOptions how = options;
  if (const auto separator = ahead_.empty() ? std::nullopt : named_separator(ahead_.front())) {
    if (how.separator == Separator::automatic) how.separator = *separator;
    ahead_.pop_front();
    ++taken_;
  }
  const std::vector<std::string> beginning(ahead_.begin(), ahead_.end());
  dialect_ = dialect_of(beginning, whole, how, lines_.name());
}

bool TableRows::next(TableRow& row) {
  row.problem.clear();
  if (!next_line(row.text)) return false;
  line_ = taken_;
  row.blank = is_blank(row.text);
  if (!dialect_) {
    row.cut.cells.assign(1, row.text);
    return true;
  }
  auto quotes = row.cut.cut(row.text, *dialect_);
  if (quotes == TableCells::Quotes::open) {
    std::vector<std::string> more;
    const std::size_t first = row.text.size();
    std::string line;
    while (quotes == TableCells::Quotes::open && row.text.size() < longest_row_bytes &&
           more.size() < longest_row_lines && next_line(line)) {
      row.text.append("\n").append(line);
      // Cutting the row anew for each of its lines would take long.
      if (closes_quotes(line)) quotes = row.cut.cut(row.text, *dialect_);
      more.push_back(std::move(line));
    }
    if (quotes == TableCells::Quotes::open) {
      for (; !more.empty(); more.pop_back()) take_back(std::move(more.back()));
      row.text.resize(first);
      row.cut.cells.clear();
      row.problem = "a cell begins with a quote that nothing closes; close it, or say --quotes no";
      return true;
    }
  }
  if (quotes == TableCells::Quotes::misplaced)
    row.problem =
        "text follows the closing quote of a cell; double the quotes within a cell, or say --quotes no";
  else if (dialect_->columns > 0 && !row.blank && row.cells().size() > dialect_->columns &&
           std::any_of(row.cells().begin() + static_cast<std::ptrdiff_t>(dialect_->columns),
                       row.cells().end(), [](std::string_view cell) { return !is_blank(cell); }))
    row.problem = message(row.cells().size(), " columns where the table has ", dialect_->columns,
                          "; put quotes around cells that hold the separator");
  return true;
}

std::string TableRows::where() const { return name() + ":" + std::to_string(line_); }

void TableRows::assume(const TableDialect& dialect) {
  if (!dialect_) dialect_ = dialect;
}

void TableRows::take_for_lines(TableRow& row) {
  dialect_.reset();
  for (std::size_t end; (end = row.text.rfind('\n')) != row.text.npos; row.text.resize(end))
    take_back(row.text.substr(end + 1));
  row.problem.clear();
  row.cut.cells.assign(1, row.text);
}

bool TableRows::named_csv() const { return has_extension(name(), ".csv"); }

std::string TableRows::note() const {
  if (!dialect_ || dialect_->plain_tsv()) return {};
  return message(name(), ": columns separated by ", dialect_->separator_name(),
                 dialect_->quotes ? ", cells may be in quotes" : "");
}

bool TableRows::next_line(std::string& line) {
  if (!ahead_.empty()) {
    line = std::move(ahead_.front());
    ahead_.pop_front();
  } else {
    auto read = lines_.next();
    if (!read) return false;
    line = std::move(*read);
  }
  ++taken_;
  return true;
}

void TableRows::take_back(std::string line) {
  ahead_.push_front(std::move(line));
  --taken_;
}

}  // namespace heed
