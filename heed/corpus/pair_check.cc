#include "heed/corpus/pair_check.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {

bool check_utf8(std::string_view text, const std::function<std::string()>& where, const ReadOptions& options,
                ReadReport& report) {
  const auto bad = first_invalid_utf8(text);
  if (!bad) return true;
  const std::string place = message(where(), ":", *bad + 1);
  require<DataError>(options.skip_invalid, place, ": not UTF-8: '",
                     printable(text.substr(*bad - std::min<std::size_t>(*bad, 12), 24)),
                     "'; convert the file, or leave out such lines with --skip-invalid");
  if (report.first_invalid.empty()) report.first_invalid = place;
  return false;
}

void count_malformed(const std::string& what, const ReadOptions& options, ReadReport& report) {
  require<DataError>(options.skip_invalid, what, "; or leave out such entries with --skip-invalid");
  ++report.read;
  if (report.malformed++ == 0) report.first_malformed = what;
}

bool count_pair(const TextPair& pair, bool valid, ReadReport& report) {
  ++report.read;
  if (!valid) {
    ++report.invalid;
  } else if (is_blank(pair.source)) {
    ++report.empty_source;
  } else if (is_blank(pair.target)) {
    ++report.empty_target;
  } else {
    ++report.kept;
    return true;
  }
  return false;
}

}  // namespace heed
