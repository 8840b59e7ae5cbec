#include <unicode/dtfmtsym.h>
#include <unicode/locdspnm.h>
#include <unicode/smpdtfmt.h>
#include <unicode/ucurr.h>

#include <array>
#include <memory>

#include "heed/sample/sample_family.h"

namespace heed {
namespace {

using icu::LocaleDisplayNames;
using icu::UnicodeString;

constexpr std::array languages{"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja", "zh", "ko",
                               "ar", "hi", "tr", "sv", "da", "nb", "fi", "cs", "el", "he", "hu", "ro",
                               "uk", "vi", "th", "id", "sw", "la", "ga", "is", "ca", "fa", "bn", "ta"};

constexpr std::array regions{"US", "DE", "FR", "ES", "IT", "PT", "NL", "PL", "RU", "JP", "CN", "KR", "EG",
                             "IN", "TR", "SE", "DK", "NO", "FI", "CZ", "GR", "IL", "HU", "RO", "UA", "VN",
                             "TH", "ID", "KE", "BR", "AT", "CH", "BE", "GB", "IE", "IS", "CA", "MX", "AR",
                             "CL", "AU", "NZ", "ZA", "NG", "MA", "CO", "PE", "CU", "IR", "PK"};

std::shared_ptr<LocaleDisplayNames> display_names(const icu::Locale& locale) {
  return std::shared_ptr<LocaleDisplayNames>(LocaleDisplayNames::createInstance(locale, ULDN_STANDARD_NAMES));
}

/// A name is a form with one value: each language has it or not.
SampleForm name_form(const char* kind, const std::string& name, const UnicodeString& text) {
  return {kind, name, [text](Index) { return text; }};
}

std::vector<SampleForm> name_forms(const icu::Locale& locale) {
  std::vector<SampleForm> forms;
  const auto names = display_names(locale);
  UnicodeString text;
  for (const char* code : regions)
    forms.push_back(
        name_form("country", std::string("country ") + code, names->regionDisplayName(code, text)));
  for (const char* code : languages)
    forms.push_back(
        name_form("language", std::string("language ") + code, names->languageDisplayName(code, text)));
  for (const char* code : sample_currencies) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    const UnicodeString currency(code);
    const char16_t* name = ucurr_getName(icu::UnicodeString(currency).getTerminatedBuffer(), locale.getName(),
                                         UCURR_LONG_NAME, nullptr, &length, &status);
    if (U_SUCCESS(status))
      forms.push_back(name_form("currency", std::string("currency ") + code, UnicodeString(name, length)));
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale, status);
  require_icu(status, "names of days");
  int32_t count = 0;
  const UnicodeString* weekdays =
      symbols.getWeekdays(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  // The first is empty: ICU counts weekdays from 1.
  for (int32_t i = 1; i < count; ++i)
    forms.push_back(name_form("weekday", "weekday " + std::to_string(i), weekdays[i]));
  const UnicodeString* months =
      symbols.getMonths(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  for (int32_t i = 0; i < count; ++i)
    forms.push_back(name_form("month", "month " + std::to_string(i + 1), months[i]));
  return forms;
}

std::vector<SampleForm> locale_forms(const icu::Locale& locale) {
  return {{"language of a country", "language and region", [names = display_names(locale)](Index value) {
             const auto language = static_cast<std::size_t>(value) / regions.size();
             const auto region = static_cast<std::size_t>(value) % regions.size();
             UnicodeString text;
             return names->localeDisplayName(icu::Locale(languages[language], regions[region]), text);
           }}};
}

}  // namespace

std::vector<SampleFamily> sample_names() {
  return {
      {.draw = [](Random&) { return Index{0}; }, .forms = name_forms},
      {.draw = [](Random& random) { return Index{random.below(languages.size() * regions.size())}; },
       .forms = locale_forms},
  };
}

}  // namespace heed
