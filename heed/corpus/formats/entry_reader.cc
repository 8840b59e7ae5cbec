#include "heed/corpus/formats/entry_reader.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/pair_check.h"
#include "heed/text/unicode.h"

namespace heed {

bool EntryReader::next(TextPair& pair) {
  while (ready_.empty())
    if (!read_entry()) return false;
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

std::string as_one_line(std::string_view text) {
  constexpr std::string_view spaces = " \t\n\v\f\r", breaks = "\t\n\v\f\r";
  std::string line;
  text = trimmed(text);
  // Most texts are one line, and looking for one of several characters is slow.
  if (std::none_of(text.begin(), text.end(), [](char c) { return c >= '\t' && c <= '\r'; }))
    return std::string(text);
  for (std::size_t at; (at = text.find_first_of(breaks)) != text.npos;) {
    // Blanks before the break are part of the run.
    const std::size_t last = text.find_last_not_of(spaces, at);
    line += text.substr(0, last + 1);
    line += ' ';
    text.remove_prefix(text.find_first_not_of(spaces, at));
  }
  return line += text;
}

}  // namespace heed
