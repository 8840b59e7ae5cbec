#include "heed/corpus/table_reader.h"

#include <utility>

#include "heed/corpus/pair_check.h"

namespace heed {

TableReader::TableReader(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report)
    : lines_(path), columns_(options), options_(options), report_(report) {}

bool TableReader::next(TextPair& pair) {
  const auto where = [&] { return lines_.where(); };
  while (const auto line = lines_.next()) {
    auto found = columns_.pair(*line, where);
    const bool valid = !found || check_utf8(*line, where, options_, report_);
    pair = found ? std::move(*found) : TextPair();
    if (count_pair(pair, valid, report_)) return true;
  }
  return false;
}

}  // namespace heed
