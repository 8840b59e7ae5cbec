#include "heed/corpus/pair_table.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/text/one_line.h"

namespace heed {

PairTable::PairTable(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report)
    : rows_(path, {.separator = options.separator, .quotes = options.quotes}),
      columns_(options),
      options_(options),
      report_(report) {
  rows_.assume({});  // so that tabs in later rows count
}

bool PairTable::next(TextPair& pair) {
  if (!next_row()) return false;
  if (row_.blank || !row_.problem.empty()) {
    pair = {};
    return true;
  }
  const auto count = std::ssize(row_.cells());
  if (count < columns_.needed()) {
    row_.problem = message(count, count == 1 ? " column" : " columns", ", but column ", columns_.needed(),
                           " is asked for; say with --separator if columns are not separated by ",
                           rows_.dialect()->separator_name());
    pair = {};
    return true;
  }
  pair = columns_.pair(row_.cells());
  // Texts have no tabs and ends of line, which those of a CSV may hold.
  if (!rows_.dialect()->plain_tsv()) pair = {as_one_line(pair.source), as_one_line(pair.target)};
  return true;
}

/// The next row that is no header.
bool PairTable::next_row() {
  if (!rows_.next(row_)) {
    report_.note(rows_.line_note());
    return false;
  }
  if (std::exchange(begun_, true)) return true;
  report_.note(rows_.note());
  if (row_.blank || !row_.problem.empty() || !columns_.take_header(row_.cells(), options_)) return true;
  report_.note(message(rows_.name(), ": ", columns_.note()));
  return next_row();
}

}  // namespace heed
