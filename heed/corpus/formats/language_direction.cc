#include "heed/corpus/formats/language_direction.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {

LanguageDirection::LanguageDirection(const TranslationFile& file, const ReadOptions& options)
    : file_(file.path.string()),
      named_(file.named),
      path_(languages_of_path(file.path, options)),
      source_(options.source_language),
      target_(options.target_language) {
  said_from_ = "?";  // differs from whatever comes first
  set("", "");
}

LanguageDirection::Answer LanguageDirection::serves(LanguageMatcher& wanted, const std::string& language) {
  if (wanted.wanted().empty()) return Answer::yes;
  if (language.empty()) return Answer::unknown;
  return wanted.closeness(language) > 0 ? Answer::yes : Answer::no;
}

void LanguageDirection::set(std::string_view from, std::string_view to) {
  if (from == said_from_ && to == said_to_) return;  // as of the entry before
  said_from_ = from;
  said_to_ = to;
  from_ = said_from_.empty() ? path_.first : said_from_;
  to_ = said_to_.empty() ? path_.second : said_to_;
  if (!path_.first.empty()) {  // of the two of the path that which is not the one that the file says
    if (said_to_.empty() && closeness(path_.second, said_from_) > 0) to_ = path_.first;
    if (said_from_.empty() && closeness(path_.first, said_to_) > 0) from_ = path_.second;
  }
  const Answer straight = std::min(serves(source_, from_), serves(target_, to_));
  const Answer swapped = std::min(serves(source_, to_), serves(target_, from_));
  assumed_ = false;
  if (straight == Answer::yes) {
    fit_ = Fit::straight;
  } else if (swapped == Answer::yes) {
    fit_ = Fit::swapped;
  } else if (straight == Answer::unknown && named_) {
    fit_ = Fit::straight;
    assumed_ = true;
  } else {
    // What might only be wanted the other way round is no user's word.
    fit_ = std::max(straight, swapped) == Answer::unknown ? Fit::unknown : Fit::other;
  }
}

std::string LanguageDirection::text() const {
  const auto shown = [](const std::string& language) {
    return language.empty() ? std::string("unknown") : printable(language, 40);
  };
  return message(shown(from_), " to ", shown(to_));
}

TextPair LanguageDirection::turned(TextPair pair) const {
  if (fit_ == Fit::swapped) std::swap(pair.source, pair.target);
  return pair;
}

}  // namespace heed
