#include "heed/data/table_reader.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "heed/base/error.h"
#include "heed/data/pair_check.h"
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

TableReader::TableReader(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report)
    : lines_(path), options_(options), report_(report) {
  require<ConfigError>(options.source_column >= 1 && options.target_column >= 1 &&
                           options.source_column != options.target_column,
                       "parallel corpus: columns ", options.source_column, " and ", options.target_column,
                       "; give two different numbers, counted from 1");
}

bool TableReader::next(TextPair& pair) {
  while (const auto line = lines_.next()) {
    const auto source = column(*line, options_.source_column), target = column(*line, options_.target_column);
    if (!source || !target) {
      const auto columns = std::count(line->begin(), line->end(), '\t') + 1;
      require<DataError>(is_blank(*line), lines_.where(), ": ", columns,
                         columns == 1 ? " column" : " columns", ", but column ",
                         std::max(options_.source_column, options_.target_column),
                         " is asked for; are the columns parted by tabs?");
      count_pair({}, true, report_);  // an empty line
      continue;
    }
    const bool valid = check_utf8(
        *line, [&] { return lines_.where(); }, options_, report_);
    pair = {std::string(*source), std::string(*target)};
    if (count_pair(pair, valid, report_)) return true;
  }
  return false;
}

}  // namespace heed
