#include <unicode/currunit.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/numberrangeformatter.h>

#include <array>

#include "heed/sample/sample_family.h"

namespace heed {
namespace {

using icu::MeasureUnit;
using icu::UnicodeString;
using namespace icu::number;

constexpr std::array units{"kilometer",
                           "meter",
                           "centimeter",
                           "kilogram",
                           "gram",
                           "liter",
                           "celsius",
                           "hour",
                           "minute",
                           "day",
                           "week",
                           "month",
                           "year",
                           "kilometer-per-hour",
                           "meter-per-second",
                           "mile",
                           "mile-per-hour",
                           "foot",
                           "square-meter",
                           "square-kilometer",
                           "cubic-meter",
                           "milliliter",
                           "watt",
                           "kilowatt-hour",
                           "volt",
                           "megabyte",
                           "gigabyte",
                           "calorie",
                           "degree",
                           "gram-per-liter",
                           "liter-per-minute",
                           "kilogram-per-cubic-meter"};

constexpr std::array ranged_units{"kilometer", "kilogram", "liter", "celsius", "hour",
                                  "day",       "week",     "year",  "meter",   "kilometer-per-hour"};

MeasureUnit unit(const char* identifier) {
  UErrorCode status = U_ZERO_ERROR;
  MeasureUnit made = MeasureUnit::forIdentifier(identifier, status);
  require_icu(status, identifier);
  return made;
}

SampleForm form(const char* kind, const std::string& name, const LocalizedNumberFormatter& format) {
  return {kind, name, [format, name](Index hundredths) {
            UErrorCode status = U_ZERO_ERROR;
            UnicodeString text =
                format.formatDouble(static_cast<double>(hundredths) / 100, status).toString(status);
            require_icu(status, name);
            return text;
          }};
}

std::vector<SampleForm> money_forms(const icu::Locale& locale) {
  std::vector<SampleForm> forms;
  for (const char* code : sample_currencies) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::CurrencyUnit currency{icu::StringPiece(code), status};
    require_icu(status, code);
    const auto format = NumberFormatter::withLocale(locale).unit(currency);
    forms.push_back(form(
        "money in words", std::string(code) + " name",
        format.unitWidth(UNUM_UNIT_WIDTH_FULL_NAME)
            .precision(Precision::maxFraction(2).trailingZeroDisplay(UNUM_TRAILING_ZERO_HIDE_IF_WHOLE))));
    forms.push_back(form("money", std::string(code) + " symbol", format));
  }
  return forms;
}

std::vector<SampleForm> measure_forms(const icu::Locale& locale) {
  std::vector<SampleForm> forms;
  for (const char* identifier : units)
    forms.push_back(form(
        "measure", identifier,
        NumberFormatter::withLocale(locale).unit(unit(identifier)).unitWidth(UNUM_UNIT_WIDTH_FULL_NAME)));
  return forms;
}

/// A range is its start and its length in one number.
constexpr Index range_lengths = 128;

std::vector<SampleForm> range_forms(const icu::Locale& locale) {
  std::vector<SampleForm> forms;
  for (const char* identifier : ranged_units) {
    const auto format = NumberRangeFormatter::withLocale(locale).numberFormatterBoth(
        NumberFormatter::with().unit(unit(identifier)).unitWidth(UNUM_UNIT_WIDTH_FULL_NAME));
    forms.push_back({"range", identifier, [format](Index range) {
                       UErrorCode status = U_ZERO_ERROR;
                       const Index start = range / range_lengths;
                       const Index end = start + range % range_lengths;
                       UnicodeString text =
                           format
                               .formatFormattableRange(icu::Formattable(int64_t{start}),
                                                       icu::Formattable(int64_t{end}), status)
                               .toString(status);
                       require_icu(status, "a range");
                       return text;
                     }});
  }
  return forms;
}

/// In hundredths: mostly whole and short, as amounts in texts are.
Index draw_amount(Random& random) {
  const std::uint32_t choice = random.below(10);
  if (choice < 4) return (1 + Index{random.below(99)}) * 100;
  if (choice < 6) return (1 + Index{random.below(999)}) * 100;
  if (choice < 7) return (1'000 + Index{random.below(9'000)}) * 100;
  if (choice < 8) return 1 + Index{random.below(9'999)};
  return (1 + Index{random.below(999)}) * 10;
}

}  // namespace

std::vector<SampleFamily> sample_amounts() {
  return {
      {.draw = draw_amount, .forms = money_forms},
      {.draw = draw_amount, .forms = measure_forms},
      {.draw =
           [](Random& random) {
             return (1 + Index{random.below(99)}) * range_lengths + 1 + random.below(50);
           },
       .forms = range_forms},
  };
}

}  // namespace heed
