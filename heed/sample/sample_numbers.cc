#include <unicode/numberformatter.h>
#include <unicode/rbnf.h>
#include <unicode/uchar.h>

#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include "heed/sample/sample_family.h"

namespace heed {
namespace {

using icu::RuleBasedNumberFormat;

/// Short numbers often: their words are what the long ones are made of.
Index draw_count(Random& random) {
  const std::uint32_t choice = random.below(10);
  if (choice < 3) return 1 + Index{random.below(99)};
  if (choice < 7) return 1 + Index{random.below(999)};
  return 1 + Index{random.below(9'999)};
}

constexpr Index first_year = 1'900, last_year = 2'100;

Index draw_year(Random& random) { return first_year + random.below(last_year - first_year + 1); }

/// Round numbers (the Russian ordinal of 200, for one, is spelled as the number) and years.
std::vector<Index> counts_that_clash() {
  std::vector<Index> counts;
  for (Index n = 1; n < 10'000; n += n < 100 ? 1 : 100) counts.push_back(n < 100 ? n : n / 100 * 100);
  for (Index year = first_year; year <= last_year; ++year) counts.push_back(year);
  return counts;
}

/// The public rules of a name; of languages with genders, the masculine ones, or else the first.
std::optional<icu::UnicodeString> rule_set(const RuleBasedNumberFormat& format,
                                           const icu::UnicodeString& name) {
  std::optional<icu::UnicodeString> masculine, first;
  for (int32_t i = 0; i < format.getNumberOfRuleSetNames(); ++i) {
    const icu::UnicodeString candidate = format.getRuleSetName(i);
    if (candidate == name) return candidate;
    if (candidate == name + u"-masculine") masculine = candidate;
    if (!first && candidate.startsWith(name)) first = candidate;
  }
  return masculine ? masculine : first;
}

bool has_digit(const icu::UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); ++i)
    if (u_isdigit(text[i])) return true;
  return false;
}

/// Adds a form if the language has the rules and they give words: the root locale's give digits.
void add_rules(std::vector<SampleForm>& forms, const char* kind, const char* rules,
               const std::shared_ptr<RuleBasedNumberFormat>& format) {
  const auto rule = rule_set(*format, icu::UnicodeString(rules));
  if (!rule) return;
  SampleForm form{kind, rules, [format, name = *rule](Index value) {
                    UErrorCode status = U_ZERO_ERROR;
                    icu::UnicodeString text;
                    icu::FieldPosition nowhere;
                    format->format(static_cast<int64_t>(value), name, text, nowhere, status);
                    require_icu(status, "a number in words");
                    return text;
                  }};
  if (!has_digit(form.write(7))) forms.push_back(std::move(form));
}

/// Null where the language has no rules at all.
std::shared_ptr<RuleBasedNumberFormat> spelled(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  auto words = std::make_shared<RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, locale, status);
  return U_SUCCESS(status) ? words : nullptr;
}

std::vector<SampleForm> spelled_forms(const icu::Locale& locale) {
  std::vector<SampleForm> forms;
  if (const auto words = spelled(locale)) {
    add_rules(forms, "number in words", "%spellout-numbering", words);
    add_rules(forms, "ordinal in words", "%spellout-ordinal", words);
  }
  return forms;
}

std::vector<SampleForm> year_forms(const icu::Locale& locale) {
  std::vector<SampleForm> forms;
  if (const auto words = spelled(locale))
    add_rules(forms, "year in words", "%spellout-numbering-year", words);
  return forms;
}

std::vector<SampleForm> ordinal_forms(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const auto digits = std::make_shared<RuleBasedNumberFormat>(icu::URBNF_ORDINAL, locale, status);
  if (U_FAILURE(status)) return {};
  return {{"ordinal", "digits", [digits](Index value) {
             icu::UnicodeString text;
             icu::FieldPosition nowhere;
             return digits->format(static_cast<int64_t>(value), text, nowhere);
           }}};
}

/// Writes hundredths in digits.
SampleForm figure_form(const char* kind, const icu::number::LocalizedNumberFormatter& format) {
  return {kind, "digits", [format](Index hundredths) {
            UErrorCode status = U_ZERO_ERROR;
            auto text = format.formatDouble(static_cast<double>(hundredths) / 100, status).toString(status);
            require_icu(status, "a number");
            return text;
          }};
}

std::vector<SampleForm> percentage_forms(const icu::Locale& locale) {
  using namespace icu::number;
  return {figure_form("percentage", NumberFormatter::withLocale(locale).unit(icu::NoUnit::percent()))};
}

std::vector<SampleForm> figure_forms(const icu::Locale& locale) {
  return {figure_form("number", icu::number::NumberFormatter::withLocale(locale))};
}

std::vector<SampleForm> compact_forms(const icu::Locale& locale) {
  using namespace icu::number;
  return {{"large number", "compact",
           [format = NumberFormatter::withLocale(locale).notation(Notation::compactLong())](Index value) {
             UErrorCode status = U_ZERO_ERROR;
             auto text = format.formatInt(value, status).toString(status);
             require_icu(status, "a large number");
             return text;
           }}};
}

/// Two significant digits, the most that "1.2 million" can say in every language.
Index draw_large(Random& random) {
  Index value = 10 + random.below(90);
  for (Index zeros = 2 + random.below(8); zeros > 0; --zeros) value *= 10;
  return value;
}

}  // namespace

std::vector<SampleFamily> sample_numbers() {
  return {
      {.draw = draw_count, .forms = spelled_forms, .edges = counts_that_clash()},
      {.draw = draw_year, .forms = year_forms},
      {.draw = [](Random& random) { return 1 + Index{random.below(random.below(2) ? 31 : 200)}; },
       .forms = ordinal_forms},
      {.draw =
           [](Random& random) {
             return random.below(2) ? (1 + Index{random.below(100)}) * 100
                                    : (1 + Index{random.below(999)}) * 10;
           },
       .forms = percentage_forms},
      // "1,234" or "12.34"
      {.draw =
           [](Random& random) {
             return random.below(2) ? (1'000 + Index{random.below(9'000)}) * 100
                                    : 1 + Index{random.below(9'999)};
           },
       .forms = figure_forms},
      {.draw = draw_large, .forms = compact_forms},
  };
}

}  // namespace heed
