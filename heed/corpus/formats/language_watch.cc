#include "heed/corpus/formats/language_watch.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/pair_format.h"
#include "heed/text/language_codes.h"
#include "heed/text/language_guess.h"

namespace heed {
namespace {

// Below them guesses are poor ones. Menus and lists of names are no prose, so passages must agree.
constexpr std::size_t passage_bytes = 1000, least_bytes = 400;
constexpr double least_share = 0.8;

// So many pairs in a row are looked at, then some are passed over: more of them every so many times.
constexpr Index pairs_in_a_row = 16, rows_of_a_gap = 8;

/// The code of a language that texts can be seen to be in or not to be in; else "".
std::string expected(const std::string& asked_for, const std::filesystem::path& file) {
  const std::string code =
      language_code_of(!asked_for.empty() || file.empty() ? asked_for : language_of_name(file));
  return language_can_be_guessed(code) ? code : "";
}

bool is(const std::string& found, const std::string& language) {
  return !found.empty() && !language.empty() && languages_are_close(found, language);
}

bool is_not(const std::string& found, const std::string& language) {
  return !found.empty() && !language.empty() && !languages_are_close(found, language);
}

}  // namespace

void LanguageOfSide::add(std::string_view text) {
  passage_.append(text).append("\n");
  if (passage_.size() >= passage_bytes) guess();
}

void LanguageOfSide::guess() {
  bytes_[guess_language(passage_)] += passage_.size();
  all_ += passage_.size();
  passage_.clear();
}

std::string LanguageOfSide::language() {
  if (passage_.size() >= least_bytes) guess();
  if (all_ == 0) return "";
  const auto most =
      std::ranges::max_element(bytes_, {}, [](const auto& of_language) { return of_language.second; });
  return static_cast<double>(most->second) >= least_share * static_cast<double>(all_) ? most->first : "";
}

LanguageWatch::LanguageWatch(std::unique_ptr<PairReader> pairs, const FoundCorpus& corpus,
                             const ReadOptions& options, ReadReport& report)
    : pairs_(std::move(pairs)), name_(corpus.path.string()), report_(report) {
  const bool lines = corpus.format == PairFormat::lines;
  if (lines) name_ += " and " + corpus.target.string();
  source_ = expected(options.source_language, lines ? corpus.path : std::filesystem::path());
  target_ = expected(options.target_language, lines ? corpus.target : std::filesystem::path());
}

bool LanguageWatch::next(TextPair& pair) {
  if (!pairs_->next(pair)) {
    if (!std::exchange(judged_, true)) judge();
    return false;
  }
  if (to_skip_ > 0)
    --to_skip_;
  else
    look_at(pair);
  return true;
}

void LanguageWatch::look_at(const TextPair& pair) {
  if (!source_.empty()) of_source_.add(pair.source);
  if (!target_.empty()) of_target_.add(pair.target);
  if (++looked_at_ % pairs_in_a_row != 0) return;
  if (looked_at_ % (pairs_in_a_row * rows_of_a_gap) == 0) gap_ = std::max(pairs_in_a_row, 2 * gap_);
  to_skip_ = gap_;
}

void LanguageWatch::judge() {
  const std::string source = of_source_.language(), target = of_target_.language();
  const bool source_is_other = is_not(source, source_), target_is_other = is_not(target, target_);
  if (source_is_other && target_is_other && is(source, target_) && is(target, source_))
    return report_.note(message(name_, ": the sides look swapped: the source is like '", source,
                                "' and the target like '", target, "', but '", source_, "' to '", target_,
                                "' is asked for"));
  const auto tell = [&](std::string_view side, const std::string& found, const std::string& wanted) {
    report_.note(message(name_, ": the ", side, " looks like '", found, "', not like '", wanted,
                         "'; is it the right file?"));
  };
  if (source_is_other) tell("source", source, source_);
  if (target_is_other) tell("target", target, target_);
}

}  // namespace heed
