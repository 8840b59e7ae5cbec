#include "heed/corpus/table_columns.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

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

TableColumns::TableColumns(const ReadOptions& options)
    : source_(options.source_column), target_(options.target_column) {
  require<ConfigError>(source_ >= 1 && target_ >= 1 && source_ != target_, "parallel corpus: columns ",
                       source_, " and ", target_, "; give two different numbers, counted from 1");
}

std::optional<TextPair> TableColumns::pair(std::string_view line,
                                           const std::function<std::string()>& where) const {
  const auto source = column(line, source_), target = column(line, target_);
  if (source && target) return TextPair{std::string(*source), std::string(*target)};
  if (is_blank(line)) return std::nullopt;
  const auto columns = std::count(line.begin(), line.end(), '\t') + 1;
  throw DataError(message(where(), ": ", columns, columns == 1 ? " column" : " columns", ", but column ",
                          std::max(source_, target_), " is asked for; are the columns parted by tabs?"));
}

}  // namespace heed
