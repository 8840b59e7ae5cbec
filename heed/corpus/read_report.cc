#include "heed/corpus/read_report.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"

namespace heed {

ReadReport& ReadReport::operator+=(const ReadReport& more) {
  for (const auto& [name, count] : counts()) this->*count += more.*count;
  if (first_invalid.empty()) first_invalid = more.first_invalid;
  if (first_malformed.empty()) first_malformed = more.first_malformed;
  if (first_other_file.empty()) first_other_file = more.first_other_file;
  filtered.insert(filtered.end(), more.filtered.begin(), more.filtered.end());
  for (const std::string& text : more.notes) note(text);
  return *this;
}

void ReadReport::note(const std::string& text) {
  if (!text.empty() && std::ranges::find(notes, text) == notes.end()) notes.push_back(text);
}

std::vector<ReadReport::Skip> ReadReport::skips() const {
  std::vector<Skip> result;
  const auto skip = [&](Index count, const auto&... why) {
    if (count > 0) result.push_back({message(why...), count});
  };
  skip(empty_source, "the source side is empty");
  skip(empty_target, "the target side is empty");
  skip(invalid, "not UTF-8, first at ", first_invalid);
  skip(malformed, "damaged, first at ", first_malformed);
  skip(untranslated, "not translated yet");
  skip(drafts, "a draft");
  skip(fuzzy, "fuzzy");
  skip(obsolete, "obsolete");
  skip(not_for_translation, "marked as not to be translated");
  skip(unclear_plurals, "plurals of a catalogue with unclear Plural-Forms");
  skip(other_language, "in other languages");
  for (const Filtered& filter : filtered) skip(filter.count, filter.why);
  skip(too_long, "too many tokens");
  skip(unbalanced, "one side is too many times as long as the other");
  return result;
}

std::vector<std::string> ReadReport::skip_lines() const {
  std::vector<std::string> result;
  for (const auto& [why, pairs] : skips())
    result.push_back(message(pairs, pairs == 1 ? " pair" : " pairs", " skipped: ", why));
  if (other_files > 0)
    result.push_back(message(other_files, other_files == 1 ? " file" : " files",
                             " passed over: no pairs in a format that is read, first ", first_other_file));
  return result;
}

std::vector<std::string> ReadReport::lines() const {
  std::vector<std::string> result = notes;
  result.push_back(message(read, " pairs read, ", kept, " kept"));
  for (std::string& line : skip_lines()) result.push_back(std::move(line));
  return result;
}

}  // namespace heed
