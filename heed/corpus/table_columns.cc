#include "heed/corpus/table_columns.h"

#include "heed/base/error.h"
#include "heed/corpus/column_names.h"
#include "heed/text/unicode.h"

namespace heed {

TableColumns::TableColumns(const ReadOptions& options)
    : source_(options.source_column == 0 ? 1 : options.source_column),
      target_(options.target_column == 0 ? 2 : options.target_column) {
  require<ConfigError>(source_ >= 1 && target_ >= 1 && source_ != target_, "parallel corpus: columns ",
                       source_, " and ", target_, "; give two different numbers, counted from 1");
}

bool TableColumns::take_header(std::span<const std::string_view> cells, const ReadOptions& options) {
  if (options.header == HeaderRow::no) return false;
  const auto named = columns_named(cells, options);
  if (!named && options.header == HeaderRow::automatic) return false;
  if (named && options.source_column == 0 && options.target_column == 0) {
    source_ = named->source;
    target_ = named->target;
  }
  const auto name = [&](Index column) {
    return column <= std::ssize(cells) ? printable(trimmed(cells[static_cast<std::size_t>(column) - 1]))
                                       : std::string("no such column");
  };
  note_ = message("the first row is a header: source in column ", source_, " (", name(source_),
                  "), target in column ", target_, " (", name(target_), ")");
  return true;
}

TextPair TableColumns::pair(std::span<const std::string_view> cells) const {
  return {std::string(cells[static_cast<std::size_t>(source_) - 1]),
          std::string(cells[static_cast<std::size_t>(target_) - 1])};
}

}  // namespace heed
