#include "heed/text/codes_of_language_names.h"

#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <memory>
#include <unordered_map>
#include <utility>

#include "heed/text/unicode.h"

namespace heed {
namespace {

using CodesByName = std::unordered_map<std::string, std::string>;

std::string lower_case(icu::UnicodeString name) {
  std::string text;
  name.toLower(icu::Locale::getRoot()).toUTF8String(text);
  return text;
}

/// In the order in which a name is given away: where two languages have the same, the first has it.
CodesByName language_codes_by_name() {
  CodesByName codes;
  const auto add = [&](const icu::UnicodeString& name, const char* code) {
    const std::string text = lower_case(name);
    if (!text.empty() && text != code) codes.try_emplace(text, code);
  };
  const icu::Locale english = icu::Locale::getEnglish();
  const std::unique_ptr<icu::LocaleDisplayNames> dialects(
      icu::LocaleDisplayNames::createInstance(english, ULDN_DIALECT_NAMES));
  icu::UnicodeString name;
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code)
    add(icu::Locale(*code).getDisplayLanguage(english, name), *code);
  std::int32_t count = 0;
  const icu::Locale* const locales = icu::Locale::getAvailableLocales(count);
  for (std::int32_t i = 0; i < count; ++i) {
    const icu::Locale& locale = locales[i];
    add(dialects->localeDisplayName(locale, name), locale.getName());  // Brazilian Portuguese
    add(locale.getDisplayName(english, name), locale.getName());       // Portuguese (Brazil)
    add(locale.getDisplayName(locale, name), locale.getName());        // português (Brasil)
  }
  // As gettext's programs and lists of their translators have them, too.
  for (const auto& [other, code] :
       {std::pair{"norwegian bokmal", "nb"}, std::pair{"bokmal", "nb"}, std::pair{"bokm\xC3\xA5l", "nb"},
        std::pair{"nynorsk", "nn"}, std::pair{"chinese (simplified)", "zh_Hans"},
        std::pair{"chinese (traditional)", "zh_Hant"}})
    codes.try_emplace(other, code);
  return codes;
}

CodesByName country_codes_by_name() {
  CodesByName codes;
  icu::UnicodeString name;
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    codes.try_emplace(lower_case(icu::UnicodeString(*code)), *code);
    codes.try_emplace(lower_case(icu::Locale("", *code).getDisplayCountry(icu::Locale::getEnglish(), name)),
                      *code);
  }
  return codes;
}

std::string code_in(const CodesByName& codes, std::string_view name) {
  if (name.empty() || name.size() > 100 || first_invalid_utf8(name)) return {};
  const auto found = codes.find(lower_case(
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())))));
  return found == codes.end() ? std::string() : found->second;
}

}  // namespace

std::string code_of_language_name(std::string_view name) {
  name = trimmed(name);
  if (name.empty()) return {};  // all names are only looked up for a file that has one
  static const CodesByName codes = language_codes_by_name();
  if (std::string code = code_in(codes, name); !code.empty()) return code;
  const std::size_t aside = name.find('(');
  return aside == name.npos ? std::string() : code_in(codes, trimmed(name.substr(0, aside)));
}

std::string code_of_country_name(std::string_view name) {
  name = trimmed(name);
  if (name.empty()) return {};
  static const CodesByName codes = country_codes_by_name();
  return code_in(codes, name);
}

}  // namespace heed
