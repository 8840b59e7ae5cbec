#pragma once
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/index.h"
#include "heed/base/random.h"

namespace heed {

/// Those that amounts are of, and that have names, ISO 4217.
inline constexpr std::array sample_currencies{"USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD",
                                              "CNY", "INR", "BRL", "MXN", "SEK", "PLN", "KRW"};

/// One way to write values in one language, such as a day as "14. März 2024".
struct SampleForm {
  std::string kind;  // what reports call it: "date", "currency", ...
  std::string name;  // tells the forms of a family apart; the same in every language
  std::function<icu::UnicodeString(Index)> write;
};

/// Values of one domain (days, amounts, ...) and the forms that a language has for them. Where two forms
/// clash, the first stays: the clearest stand first.
struct SampleFamily {
  std::function<Index(Random&)> draw;
  std::function<std::vector<SampleForm>(const icu::Locale&)> forms;
  std::vector<Index> edges{};  // values that may clash and are drawn too rarely to be met by chance
};

/// Days, times of day, both together, spans of either, "in 3 days", "3 hours, 5 minutes".
std::vector<SampleFamily> sample_times();
/// Numbers and years in words, ordinals, decimals, percentages, "12 million".
std::vector<SampleFamily> sample_numbers();
/// Money, measures and ranges of measures.
std::vector<SampleFamily> sample_amounts();
/// Languages, countries, currencies, weekdays, months; "German (Austria)".
std::vector<SampleFamily> sample_names();

/// DataError, saying what could not be done, unless ICU's status is a success.
void require_icu(UErrorCode status, std::string_view what);

}  // namespace heed
