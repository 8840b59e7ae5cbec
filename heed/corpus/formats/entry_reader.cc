#include "heed/corpus/formats/entry_reader.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/pair_check.h"
#include "heed/text/one_line.h"
#include "heed/text/unicode.h"

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

void EntryReader::offer(TextPair pair, const std::string& where, const LanguageDirection& direction) {
  const Index kept = report_.kept;
  offer(direction.turned(std::move(pair)), where);
  if (report_.kept == kept) return;
  if (options_.target_language.empty() && direction.to() != noted_) note_target(direction.to());
  if (!direction.assumed()) return;
  if (report_.assumed_language++ == 0) report_.first_assumed = direction.file();
}

/// Languages that serve for each other are one.
void EntryReader::note_target(const std::string& language) {
  noted_ = language;
  constexpr std::size_t most = 20;
  auto& known = report_.target_languages;
  if (known.size() < most &&
      std::ranges::none_of(known, [&](const std::string& one) { return closeness(language, one) > 0; }))
    known.push_back(printable(language, 40));
}

void EntryReader::skip_others(const LanguageDirection& direction, const std::string& where, Index count) {
  if (direction.fit() == LanguageDirection::Fit::unknown) {
    if (report_.unknown_language == 0) report_.first_unknown = direction.file();
    return skip(&ReadReport::unknown_language, count);
  }
  if (report_.other_language == 0) report_.first_other = message(direction.text(), " at ", where);
  skip(&ReadReport::other_language, count);
}

void EntryReader::skip(Index ReadReport::*kind, Index count) {
  report_.read += count;
  report_.*kind += count;
}

void EntryReader::skip_draft(std::string_view status, Index count) {
  skip(&ReadReport::drafts, count);
  report_.note_status(status, count);
}

}  // namespace heed
