#include "heed/corpus/formats/language_codes.h"

#include <unicode/locid.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <set>
#include <utility>

#include "heed/text/unicode.h"

namespace heed {
namespace {

/// As ICU writes it: en_US for EN-us.UTF-8, sr_Latn for glibc's sr@latin.
icu::Locale locale_of(std::string_view code) {
  code = trimmed(code);
  std::string name(code.substr(0, code.find_first_of(".@")));
  std::replace(name.begin(), name.end(), '-', '_');
  for (const auto& [modifier, script] : {std::pair{"@latin", "_Latn"}, std::pair{"@cyrillic", "_Cyrl"}})
    if (code.find(modifier) != code.npos) name.insert(std::min(name.find('_'), name.size()), script);
  return name.size() > 32 ? icu::Locale("und") : icu::Locale::createCanonical(name.c_str());
}

}  // namespace

int closeness(std::string_view code, std::string_view wanted) {
  icu::Locale have = locale_of(code), want = locale_of(wanted);
  if (*have.getLanguage() == '\0' || std::strcmp(have.getLanguage(), want.getLanguage()) != 0) return 0;
  if (have == want) return 3;
  // A code without a region is meant for all of them.
  const int close = *have.getCountry() == '\0' || *want.getCountry() == '\0' ? 2 : 1;
  UErrorCode status = U_ZERO_ERROR;
  have.addLikelySubtags(status);
  want.addLikelySubtags(status);
  return U_SUCCESS(status) && std::strcmp(have.getScript(), want.getScript()) == 0 ? close : 0;
}

bool is_language_code(std::string_view text) {
  static const std::set<std::string> languages = [] {
    std::set<std::string> all;
    for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code)
      all.insert(*code);
    return all;
  }();
  if (text.size() < 2 || text.size() > 32) return false;
  for (const char c : text)
    if (!std::isalnum(static_cast<unsigned char>(c)) && !std::strchr("-_@.", c)) return false;
  return languages.contains(locale_of(text).getLanguage());
}

LanguageMatcher::LanguageMatcher(std::string wanted) : wanted_(std::move(wanted)) {}

int LanguageMatcher::closeness(std::string_view code) {
  // A hostile file may name a code a unit: no more are remembered than there are languages.
  if (known_.size() > 1000) known_.clear();
  const auto [entry, fresh] = known_.try_emplace(std::string(code), 0);
  if (fresh) entry->second = heed::closeness(code, wanted_);
  return entry->second;
}

}  // namespace heed
