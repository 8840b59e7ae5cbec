#include "heed/io/table_dialect.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

#include "heed/base/error.h"
#include "heed/io/compression.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

struct NamedSeparator {
  Separator value;
  char character;
  std::string_view name;
};
constexpr std::array separators{
    NamedSeparator{Separator::tab, '\t', "tabs"}, NamedSeparator{Separator::semicolon, ';', "semicolons"},
    NamedSeparator{Separator::pipe, '|', "pipes"}, NamedSeparator{Separator::comma, ',', "commas"}};

/// What the first rows are like in a dialect.
struct Trial {
  TableDialect dialect;
  std::size_t rows = 0, agreeing = 0;  // rows in all, and those with `dialect.columns` columns
  bool sound = true;                   // quotes stand as they should
  bool strict = true;                  // none stands within a cell that is not in quotes

  bool agree() const { return dialect.columns >= 2 && agreeing == rows; }
  /// Most rows do, and there are enough of them: the others are damaged.
  bool mostly_agree() const { return dialect.columns >= 2 && rows >= 5 && agreeing * 5 >= rows * 4; }
};

/// Whether a cell is a part of the text: others were in quotes.
bool lies_within(std::string_view cell, std::string_view text) {
  const std::less_equal<const char*> up_to;
  return up_to(text.data(), cell.data()) && up_to(cell.data(), text.data() + text.size());
}

/// Whether a text would be cut in the wrong place without quotes around it.
bool needs_quotes(std::string_view cell, char separator) {
  return cell.find(separator) != cell.npos || cell.find_first_of("\n\"") != cell.npos;
}

Trial try_out(std::span<const std::string> lines, bool whole, TableDialect dialect) {
  Trial trial{.dialect = dialect};
  std::map<std::size_t, std::size_t> rows_of;  // by their columns
  std::vector<std::size_t> cells, quoted;      // of each column: those that are not empty, those in quotes
  bool needed = false;
  TableCells row;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string text = lines[i];
    if (is_blank(text)) continue;
    auto quotes = row.cut(text, dialect);
    std::size_t next = i;
    while (quotes == TableCells::Quotes::open && next + 1 < lines.size()) {
      text.append("\n").append(lines[++next]);
      if (closes_quotes(lines[next])) quotes = row.cut(text, dialect);
    }
    if (quotes == TableCells::Quotes::open) {
      if (whole) trial.sound = false;  // else the rest of the row is not known
      break;
    }
    if (quotes != TableCells::Quotes::sound) {
      trial.sound = false;
      ++trial.rows;
      continue;
    }
    i = next;
    ++trial.rows;
    ++rows_of[row.cells.size()];
    cells.resize(std::max(cells.size(), row.cells.size()));
    quoted.resize(cells.size());
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
      const std::string_view cell = row.cells[column];
      const bool in_text = lies_within(cell, text);
      if (!in_text) needed = needed || needs_quotes(cell, dialect.separator);
      if (in_text && cell.find('"') != cell.npos) trial.strict = false;
      if (!in_text || !cell.empty()) ++cells[column];
      if (!in_text) ++quoted[column];
    }
  }
  for (const auto& [columns, count] : rows_of)
    if (count > trial.agreeing) trial.agreeing = count, trial.dialect.columns = columns;
  for (std::size_t column = 0; column < cells.size(); ++column)
    if (cells[column] >= 3 && quoted[column] == cells[column]) needed = true;
  trial.dialect.certain = needed && trial.sound;
  return trial;
}

void refuse_other_formats(std::string_view first, std::string_view name) {
  const bool json = (first.starts_with('{') && first.find("\":") != first.npos) || first.starts_with("[{");
  require<DataError>(!json, name, ": looks like JSON, but a table is read; write it as CSV or TSV first");
  require<DataError>(!first.starts_with("<?xml") && !first.starts_with("<!DOCTYPE"), name,
                     ": looks like XML, but a table is read; write it as CSV or TSV first");
}

/// Tabs stand in hardly any text, so one in the first line is enough. That cells are in quotes must show:
/// texts may begin and end with quotes of their own.
std::optional<TableDialect> with_tabs(std::span<const std::string> lines, bool whole,
                                      const TableOptions& options) {
  TableDialect plain{.separator = '\t'};
  if (options.quotes == CellQuotes::no) return plain;
  const Trial trial = try_out(lines, whole, {.separator = '\t', .quotes = true});
  if (options.quotes == CellQuotes::yes || (trial.dialect.certain && trial.strict && trial.agree()))
    return TableDialect{.separator = '\t', .quotes = true, .columns = 0, .certain = true};
  return plain;
}

}  // namespace

std::string_view TableDialect::separator_name() const {
  for (const NamedSeparator& each : separators)
    if (each.character == separator) return each.name;
  return "nothing";
}

TableCells::Quotes TableCells::cut(std::string_view text, const TableDialect& dialect) {
  cells.clear();
  unquoted.clear();
  if (dialect.quotes) unquoted.reserve(text.size());  // so that views into it stay where they are
  for (;;) {
    if (dialect.quotes && text.starts_with('"')) {
      const std::size_t begin = unquoted.size();
      std::size_t at = 1;
      for (;; ++at) {
        const std::size_t quote = text.find('"', at);
        if (quote == text.npos) return Quotes::open;
        unquoted += text.substr(at, quote - at);
        at = quote + 1;
        if (at == text.size() || text[at] != '"') break;
        unquoted += '"';
      }
      cells.emplace_back(unquoted.data() + begin, unquoted.size() - begin);
      text.remove_prefix(at);
      if (text.empty()) return Quotes::sound;
      if (text.front() != dialect.separator) return Quotes::misplaced;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t end = text.find(dialect.separator);
    cells.push_back(text.substr(0, end));
    if (end == text.npos) return Quotes::sound;
    text.remove_prefix(end + 1);
  }
}

bool has_extension(std::string_view name, std::string_view extension) {
  return uncompressed_name(name).extension() == extension;
}

std::optional<Separator> named_separator(std::string_view line) {
  line = trimmed(line);
  if (line.size() < 4 || (!line.starts_with("sep=") && !line.starts_with("SEP="))) return std::nullopt;
  for (const NamedSeparator& each : separators)
    if (line.substr(4) == std::string_view(&each.character, 1)) return each.value;
  return std::nullopt;
}

bool closes_quotes(std::string_view line) {
  for (std::size_t at = 0; (at = line.find('"', at)) != line.npos; at += 2)
    if (at + 1 == line.size() || line[at + 1] != '"') return true;
  return false;
}

std::optional<TableDialect> dialect_of(std::span<const std::string> lines, bool whole,
                                       const TableOptions& options, std::string_view name) {
  const auto first = std::ranges::find_if(lines, [](const std::string& line) { return !is_blank(line); });
  if (first == lines.end()) return TableDialect();
  refuse_other_formats(trimmed(*first), name);
  const bool automatic = options.separator == Separator::automatic;
  if (options.separator == Separator::tab || (automatic && first->find('\t') != first->npos))
    return with_tabs(lines, whole, options);
  if (automatic && (has_extension(name, ".tsv") || has_extension(name, ".tab"))) return TableDialect();
  std::vector<Trial> agreeing, others;
  for (const NamedSeparator& separator : separators) {
    if (separator.value == Separator::tab || (!automatic && options.separator != separator.value)) continue;
    Trial trial =
        try_out(lines, whole, {.separator = separator.character, .quotes = options.quotes != CellQuotes::no});
    if (!trial.sound && options.quotes == CellQuotes::automatic) {
      // A quote at the beginning of a cell may be one of its text, where nothing else says otherwise.
      const Trial without = try_out(lines, whole, {.separator = separator.character});
      if (without.agree() && !trial.mostly_agree()) trial = without;
    }
    if (!automatic) {
      if (!trial.agree() && !trial.mostly_agree()) trial.dialect.columns = 0;
      return trial.dialect;
    }
    (trial.agree() ? agreeing : others).push_back(std::move(trial));
  }
  if (agreeing.empty()) std::ranges::copy_if(others, std::back_inserter(agreeing), &Trial::mostly_agree);
  // Quotes that stand right for one separator only leave no doubt.
  if (std::ranges::any_of(agreeing, [](const Trial& trial) { return trial.dialect.certain; }))
    std::erase_if(agreeing, [](const Trial& trial) { return !trial.dialect.certain; });
  if (agreeing.empty()) return std::nullopt;
  require<DataError>(agreeing.size() == 1, name, ": its columns may be separated by ",
                     agreeing.front().dialect.separator_name(), " or by ",
                     agreeing.back().dialect.separator_name(), "; say which with --separator");
  return agreeing.front().dialect;
}

}  // namespace heed
