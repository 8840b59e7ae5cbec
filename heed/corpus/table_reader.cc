#include "heed/corpus/table_reader.h"

#include "heed/corpus/pair_check.h"

namespace heed {

TableReader::TableReader(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report)
    : rows_(path, options, report), options_(options), report_(report) {}

bool TableReader::next(TextPair& pair) {
  while (rows_.next(pair)) {
    if (!rows_.problem().empty()) {
      count_malformed(where() + ": " + rows_.problem(), options_, report_);
      continue;
    }
    const bool valid = check_utf8(
        rows_.text(), [&] { return where(); }, options_, report_);
    if (count_pair(pair, valid, report_)) return true;
  }
  return false;
}

}  // namespace heed
