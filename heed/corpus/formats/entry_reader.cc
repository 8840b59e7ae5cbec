#include "heed/corpus/formats/entry_reader.h"

#include <utility>

#include "heed/corpus/pair_check.h"
#include "heed/text/one_line.h"

namespace heed {

bool EntryReader::next(TextPair& pair) {
  while (ready_.empty()) {
    try {
      if (!read_entry()) return false;
    } catch (const EntryError& error) {
      count_malformed(error.what(), options_, report_);
      recover();
    }
  }
  pair = std::move(ready_.front().pair);
  where_ = std::move(ready_.front().where);
  ready_.pop_front();
  return true;
}

void EntryReader::offer(TextPair pair, const std::string& where) {
  bool valid = true;
  for (std::string* text : {&pair.source, &pair.target}) {
    valid = check_utf8(
                *text, [&] { return where; }, options_, report_) &&
            valid;
    *text = as_one_line(*text);
  }
  if (count_pair(pair, valid, report_)) ready_.push_back({std::move(pair), where});
}

void EntryReader::skip(Index ReadReport::*kind, Index count) {
  report_.read += count;
  report_.*kind += count;
}

}  // namespace heed
