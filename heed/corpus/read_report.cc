#include "heed/corpus/read_report.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"

namespace heed {

ReadReport& ReadReport::operator+=(const ReadReport& more) {
  for (const auto& [name, count] : counts()) this->*count += more.*count;
  for (const auto& [name, place] : places())
    if ((this->*place).empty()) this->*place = more.*place;
  for (const auto& [name, count] : more.statuses) note_status(name, count);
  for (const std::string& language : more.target_languages)
    if (std::ranges::find(target_languages, language) == target_languages.end())
      target_languages.push_back(language);
  filtered.insert(filtered.end(), more.filtered.begin(), more.filtered.end());
  for (const std::string& text : more.notes) note(text);
  return *this;
}

void ReadReport::note(const std::string& text) {
  if (!text.empty() && std::ranges::find(notes, text) == notes.end()) notes.push_back(text);
}

void ReadReport::note_status(std::string_view name, Index count) {
  // A hostile file may have a status an entry.
  constexpr std::size_t most = 30;
  const std::string_view others = "other statuses";
  auto found = std::ranges::find(statuses, name, &Status::name);
  if (found == statuses.end() && statuses.size() >= most)
    found = std::ranges::find(statuses, others, &Status::name);
  if (found == statuses.end())
    found = statuses.insert(found, {std::string(statuses.size() < most ? name : others), 0});
  found->count += count;
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
  for (const auto& [status, count] : statuses) skip(count, "not finished: ", status);
  skip(fuzzy, "fuzzy");
  skip(obsolete, "obsolete");
  skip(not_for_translation, "marked as not to be translated");
  skip(other_variants, "further variants in one language");
  skip(other_forms, "plural forms that go with neither one nor many");
  skip(unpaired, "segments without their source");
  skip(unpaired_sub_flows, "texts within codes, on one side only");
  skip(unclear_plurals, "plurals of a catalogue with unclear Plural-Forms");
  if (first_other.empty())
    skip(other_language, "in other languages");
  else
    skip(other_language, "in other languages, first ", first_other);
  skip(unknown_language, "in a folder and of a file that does not say its languages, first ", first_unknown,
       "; name the file itself to have it taken for the languages asked for");
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
  if (foreign_files > 0)
    result.push_back(message(foreign_files, foreign_files == 1 ? " file" : " files",
                             " passed over: in other languages by their name, first ", first_foreign_file));
  if (assumed_language > 0)
    result.push_back(message(
        assumed_language, assumed_language == 1 ? " pair" : " pairs",
        " taken for the languages asked for: their file does not say which they are, first ", first_assumed));
  if (target_languages.size() > 1) {
    std::string all = target_languages.front();
    for (std::size_t i = 1; i < target_languages.size(); ++i)
      all += (i + 1 == target_languages.size() ? " and " : ", ") + target_languages[i];
    result.push_back(
        message("translations into ", all, " are mixed; say which are wanted with target_language"));
  }
  return result;
}

std::vector<std::string> ReadReport::lines() const {
  std::vector<std::string> result = notes;
  result.push_back(message(read, " pairs read, ", kept, " kept"));
  for (std::string& line : skip_lines()) result.push_back(std::move(line));
  return result;
}

}  // namespace heed
