#include "heed/text/language_codes.h"

#include <unicode/locid.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include "heed/text/codes_of_language_names.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using KnownCodes = std::set<std::string, std::less<>>;

bool all_of(std::string_view text, int (*belongs)(int)) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return belongs(static_cast<unsigned char>(c)) != 0; });
}

/// What may follow a language in a code, as BCP 47 has it.
enum class Subtag { script, region, variant, extension, none };

Subtag subtag_of(std::string_view text) {
  if (!all_of(text, std::isalnum)) return Subtag::none;
  if (text.size() == 1) return Subtag::extension;
  if (text.size() == 4 && all_of(text, std::isalpha)) return Subtag::script;
  if (text.size() == 2 && all_of(text, std::isalpha)) return Subtag::region;
  if (text.size() == 3 && all_of(text, std::isdigit)) return Subtag::region;
  return text.size() >= 4 && text.size() <= 8 ? Subtag::variant : Subtag::none;
}

/// A code as ICU writes it: en_US for EN-us.UTF-8, sr_Latn for glibc's sr@latin, he for iw; nothing if it has
/// not the form of one.
std::optional<icu::Locale> locale_of_code(std::string_view code) {
  std::string name(code.substr(0, code.find_first_of(".@")));
  std::replace(name.begin(), name.end(), '-', '_');
  if (name.size() > 32) return std::nullopt;
  const std::size_t language = name.find('_');
  const std::string_view first = std::string_view(name).substr(0, language);
  if (first.size() < 2 || first.size() > 3 || !all_of(first, std::isalpha)) return std::nullopt;
  for (std::size_t at = language; at != name.npos;) {
    const std::size_t next = name.find('_', at + 1);
    const Subtag subtag = subtag_of(std::string_view(name).substr(at + 1, next - at - 1));
    if (subtag == Subtag::none) return std::nullopt;
    if (subtag == Subtag::extension) break;  // what follows may be anything
    at = next;
  }
  for (const auto& [modifier, script] : {std::pair{"@latin", "_Latn"}, std::pair{"@cyrillic", "_Cyrl"}})
    if (code.find(modifier) != code.npos) name.insert(std::min(language, name.size()), script);
  icu::Locale locale = icu::Locale::createCanonical(name.c_str());
  UErrorCode status = U_ZERO_ERROR;
  locale.canonicalize(status);  // of several codes of a language the one in use
  if (U_FAILURE(status) || *locale.getLanguage() == '\0') return std::nullopt;
  return locale;
}

std::optional<icu::Locale> locale_of(std::string_view language) {
  language = trimmed(language);
  if (auto locale = locale_of_code(language)) return locale;
  const std::string code = code_of_language_name(language);
  return code.empty() ? std::nullopt : locale_of_code(code);
}

/// The language of a locale; Bokmål is what nearly all that is called Norwegian is written in.
std::string_view language_of(const icu::Locale& locale) {
  const std::string_view language = locale.getLanguage();
  return language == "nb" ? "no" : language;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

const KnownCodes& known_languages() {
  static const KnownCodes codes = [] {
    KnownCodes all;
    for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code)
      all.insert(*code);
    return all;
  }();
  return codes;
}

const KnownCodes& known_countries() {
  static const KnownCodes codes = [] {
    KnownCodes all;
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code)
      all.insert(*code);
    return all;
  }();
  return codes;
}

bool is_known(const icu::Locale& locale) {
  const std::string_view country = locale.getCountry();
  return known_languages().contains(std::string_view(locale.getLanguage())) &&
         (country.empty() || country.size() == 3 || known_countries().contains(country));
}

}  // namespace

int closeness(std::string_view language, std::string_view wanted) {
  auto have = locale_of(language), want = locale_of(wanted);
  // A language of the user's own, say x-klingon, is the same where it is written the same.
  if (!have || !want)
    return !trimmed(wanted).empty() && same_letters(trimmed(language), trimmed(wanted)) ? 3 : 0;
  if (language_of(*have) != language_of(*want)) return 0;
  if (*have == *want) return 3;
  // A code without a region is meant for all of them.
  const int close = *have->getCountry() == '\0' || *want->getCountry() == '\0' ? 2 : 1;
  UErrorCode status = U_ZERO_ERROR;
  have->addLikelySubtags(status);
  want->addLikelySubtags(status);
  return U_SUCCESS(status) && std::strcmp(have->getScript(), want->getScript()) == 0 ? close : 0;
}

bool is_language_code(std::string_view text) {
  const auto locale = locale_of_code(text);
  return locale && is_known(*locale);
}

bool is_language_of_its_country(std::string_view code) {
  const auto locale = locale_of_code(code);
  if (!locale || *locale->getCountry() == '\0') return false;
  icu::Locale country("und", locale->getCountry());
  UErrorCode status = U_ZERO_ERROR;
  country.addLikelySubtags(status);
  return U_SUCCESS(status) && language_of(country) == language_of(*locale);
}

std::string language_code_of(std::string_view text) {
  text = trimmed(text);
  return is_language_code(text) ? std::string(text) : code_of_language_name(text);
}

std::string language_code_of(std::string_view language, std::string_view country) {
  const std::string code = language_code_of(language), region = code_of_country_name(country);
  return code.empty() || region.empty() || code.find_first_of("-_") != code.npos ? code : code + "_" + region;
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
