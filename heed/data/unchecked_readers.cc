#include "heed/data/unchecked_readers.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

std::string place(const LineReader& lines) { return lines.name() + ":" + std::to_string(lines.line()); }

/// The column of a line, from 1; nothing if there are not so many.
std::optional<std::string_view> column(std::string_view line, Index number) {
  for (; number > 1; --number) {
    const std::size_t tab = line.find('\t');
    if (tab == line.npos) return std::nullopt;
    line.remove_prefix(tab + 1);
  }
  return line.substr(0, line.find('\t'));
}

}  // namespace

UncheckedLines::UncheckedLines(const std::filesystem::path& source, const std::filesystem::path& target)
    : source_(source), target_(target) {
  require<ConfigError>(source != "-" || target != "-",
                       "parallel corpus: both sides cannot come from standard input");
}

bool UncheckedLines::next(TextPair& pair) {
  auto source = source_.next();
  auto target = target_.next();
  if (!source || !target) return false;
  pair = {std::move(*source), std::move(*target)};
  return true;
}

std::string UncheckedLines::where() const { return place(source_); }

UncheckedTable::UncheckedTable(const std::filesystem::path& path, const ReadOptions& options)
    : lines_(path), source_column_(options.source_column), target_column_(options.target_column) {
  require<ConfigError>(source_column_ >= 1 && target_column_ >= 1 && source_column_ != target_column_,
                       "parallel corpus: columns ", source_column_, " and ", target_column_,
                       "; give two different numbers, counted from 1");
}

bool UncheckedTable::next(TextPair& pair) {
  const auto line = lines_.next();
  if (!line) return false;
  const auto source = column(*line, source_column_), target = column(*line, target_column_);
  if (source && target) {
    pair = {std::string(*source), std::string(*target)};
    return true;
  }
  const auto columns = std::count(line->begin(), line->end(), '\t') + 1;
  require<DataError>(is_blank(*line), where(), ": ", columns, columns == 1 ? " column" : " columns",
                     ", but column ", std::max(source_column_, target_column_),
                     " is asked for; are the columns parted by tabs?");
  pair = {};
  return true;
}

std::string UncheckedTable::where() const { return place(lines_); }

}  // namespace heed
