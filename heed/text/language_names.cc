#include "heed/text/language_names.h"

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <map>

#include "heed/text/lowercased.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

std::map<std::string, std::string, std::less<>> names_of_languages() {
  std::map<std::string, std::string, std::less<>> names;
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    const icu::Locale language(*code);
    names.emplace(*code, *code);
    if (*language.getISO3Language() != '\0') names.emplace(language.getISO3Language(), *code);
    for (const icu::Locale& in : {icu::Locale::getEnglish(), language}) {
      icu::UnicodeString name;
      std::string text;
      language.getDisplayLanguage(in, name).toUTF8String(text);
      names.emplace(lowercased(text), *code);
    }
  }
  return names;
}

}  // namespace

std::string language_named(std::string_view text) {
  static const std::map<std::string, std::string, std::less<>> names = names_of_languages();
  const std::string name = lowercased(trimmed(text));
  if (const auto whole = names.find(name); whole != names.end()) return whole->second;
  // A region, or something else that tells two columns of a language apart, may follow: en-GB, German
  // (Austria).
  const std::string_view first = trimmed(std::string_view(name).substr(0, name.find_first_of("-_(")));
  const auto part = names.find(first);
  return part == names.end() || name.size() > 40 ? std::string() : part->second;
}

}  // namespace heed
