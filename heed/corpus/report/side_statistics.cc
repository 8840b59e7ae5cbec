#include "heed/corpus/report/side_statistics.h"

#include <algorithm>
#include <utility>

#include "heed/text/language_guess.h"

namespace heed {
namespace {

constexpr std::size_t passage_bytes = 1500;
/// Passages that are looked at before only every other one is.
constexpr Index passages_a_step = 64;

}  // namespace

void SideStatistics::add(std::string_view text, const TextProfile& profile) {
  characters_ += profile.characters;
  words_ += profile.words;
  lengths_.add(profile.characters);
  for (const TextProfile::Script& script : profile.scripts)
    if (script.letters > 0) scripts_[script.script].letters += script.letters;
  if (const std::int32_t script = profile.main_script(); script >= 0) ++scripts_[script].texts;
  passage_.append(text).append("\n");
  if (passage_.size() >= passage_bytes) guess();
}

void SideStatistics::guess() {
  if (passages_++ % step_ == 0) {
    ++languages_[guess_language(passage_)];
    if (++guessed_ % passages_a_step == 0) step_ *= 2;
  }
  passage_.clear();
}

DataReport::Side SideStatistics::side() {
  if (!passage_.empty() && guessed_ == 0) guess();
  DataReport::Side side{.characters = characters_, .words = words_, .lengths = lengths_.histogram(40)};
  for (const auto& [script, count] : scripts_)
    side.scripts.push_back({script_name(script), count.letters, count.texts});
  for (const auto& [code, count] : languages_) side.languages.push_back({code, count});
  std::ranges::stable_sort(side.scripts, std::greater(), &DataReport::Script::letters);
  std::ranges::stable_sort(side.languages, std::greater(), &DataReport::Language::passages);
  return side;
}

}  // namespace heed
