#include <unicode/datefmt.h>
#include <unicode/dtitvfmt.h>
#include <unicode/measfmt.h>
#include <unicode/reldatefmt.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include "heed/sample/sample_family.h"

namespace heed {
namespace {

constexpr double milliseconds_per_minute = 60'000;
constexpr Index minutes_per_day = 24 * 60;

Index days_until(std::chrono::year year) {
  return std::chrono::sys_days{year / 1 / 1}.time_since_epoch().count();
}

Index draw_day(Random& random) {
  static const Index first = days_until(std::chrono::year{1900}), last = days_until(std::chrono::year{2101});
  return first + random.below(static_cast<std::uint32_t>(last - first));
}

/// Mostly the round times that people name.
Index draw_minute(Random& random) {
  const Index minute = random.below(2) ? random.below(12) * 5 : random.below(60);
  return Index{random.below(24)} * 60 + minute;
}

std::shared_ptr<icu::DateFormat> date_format(const icu::Locale& locale, const char* skeleton) {
  UErrorCode status = U_ZERO_ERROR;
  std::shared_ptr<icu::DateFormat> format(
      icu::DateFormat::createInstanceForSkeleton(icu::UnicodeString(skeleton), locale, status));
  require_icu(status, skeleton);
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

/// Forms that write minutes since 1970, from ICU's skeletons (the fields wanted, in no order).
std::vector<SampleForm> moment_forms(const icu::Locale& locale, const std::string& kind,
                                     std::initializer_list<const char*> skeletons) {
  std::vector<SampleForm> forms;
  for (const char* skeleton : skeletons)
    forms.push_back({kind, skeleton, [format = date_format(locale, skeleton)](Index minutes) {
                       icu::UnicodeString text;
                       return format->format(static_cast<double>(minutes) * milliseconds_per_minute, text);
                     }});
  return forms;
}

/// A span is a start and a length in one number.
constexpr Index span_lengths = 1024;

std::vector<SampleForm> span_forms(const icu::Locale& locale, Index minutes_per_unit,
                                   std::initializer_list<const char*> skeletons) {
  std::vector<SampleForm> forms;
  for (const char* skeleton : skeletons) {
    UErrorCode status = U_ZERO_ERROR;
    std::shared_ptr<icu::DateIntervalFormat> format(
        icu::DateIntervalFormat::createInstance(icu::UnicodeString(skeleton), locale, status));
    require_icu(status, skeleton);
    format->setTimeZone(*icu::TimeZone::getGMT());
    forms.push_back({"span of time", skeleton, [format, minutes_per_unit](Index span) {
                       // The start may lie before 1970.
                       const Index length = ((span % span_lengths) + span_lengths) % span_lengths;
                       const Index start = (span - length) / span_lengths;
                       const double unit = milliseconds_per_minute * static_cast<double>(minutes_per_unit);
                       const icu::DateInterval interval(static_cast<double>(start) * unit,
                                                        static_cast<double>(start + length) * unit);
                       UErrorCode failed = U_ZERO_ERROR;
                       icu::UnicodeString text;
                       icu::FieldPosition nowhere;
                       format->format(&interval, text, nowhere, failed);
                       require_icu(failed, "a span of time");
                       return text;
                     }});
  }
  return forms;
}

/// A span of ten minutes to five hours within a day.
Index draw_hours(Random& random) {
  const Index start = std::min(draw_minute(random), minutes_per_day - 11);
  const Index length = 5 * (2 + Index{random.below(59)});
  return start * span_lengths + std::min(length, minutes_per_day - 1 - start);
}

std::vector<SampleForm> relative_forms(const icu::Locale& locale) {
  static constexpr std::array units{
      std::pair{"day", UDAT_REL_UNIT_DAY},         std::pair{"hour", UDAT_REL_UNIT_HOUR},
      std::pair{"minute", UDAT_REL_UNIT_MINUTE},   std::pair{"second", UDAT_REL_UNIT_SECOND},
      std::pair{"week", UDAT_REL_UNIT_WEEK},       std::pair{"month", UDAT_REL_UNIT_MONTH},
      std::pair{"quarter", UDAT_REL_UNIT_QUARTER}, std::pair{"year", UDAT_REL_UNIT_YEAR}};
  UErrorCode status = U_ZERO_ERROR;
  const auto format = std::make_shared<icu::RelativeDateTimeFormatter>(locale, status);
  require_icu(status, "relative times");
  std::vector<SampleForm> forms;
  for (const auto& [name, code] : units) {
    const auto unit = static_cast<URelativeDateTimeUnit>(code);
    for (const int direction : {1, -1})
      forms.push_back({"relative time", std::string(name) + (direction > 0 ? " ahead" : " ago"),
                       [format, unit, direction](Index count) {
                         UErrorCode failed = U_ZERO_ERROR;
                         icu::UnicodeString text;
                         format->formatNumeric(static_cast<double>(count * direction), unit, text, failed);
                         require_icu(failed, "a relative time");
                         return text;
                       }});
  }
  return forms;
}

/// Durations in two or three units; the counts lie in one number, the last unit's lowest.
constexpr Index counts = 64;

std::vector<SampleForm> duration_forms(const icu::Locale& locale) {
  using icu::MeasureUnit;
  UErrorCode status = U_ZERO_ERROR;
  const auto format = std::make_shared<icu::MeasureFormat>(locale, UMEASFMT_WIDTH_WIDE, status);
  require_icu(status, "durations");
  const std::vector<std::vector<MeasureUnit>> combinations{
      {MeasureUnit::getHour(), MeasureUnit::getMinute()},
      {MeasureUnit::getHour(), MeasureUnit::getMinute(), MeasureUnit::getSecond()},
      {MeasureUnit::getDay(), MeasureUnit::getHour()},
      {MeasureUnit::getWeek(), MeasureUnit::getDay()},
      {MeasureUnit::getYear(), MeasureUnit::getMonth()}};
  std::vector<SampleForm> forms;
  for (const auto& units : combinations)
    forms.push_back({"duration", units.front().getSubtype() + std::string("s, ") + units.back().getSubtype(),
                     [format, units](Index value) {
                       UErrorCode failed = U_ZERO_ERROR;
                       std::vector<icu::Measure> measures;
                       for (std::size_t i = units.size(); i-- > 0; value /= counts)
                         measures.emplace(measures.begin(),
                                          icu::Formattable(static_cast<int32_t>(value % counts)),
                                          units[i].clone(), failed);
                       icu::UnicodeString text;
                       icu::FieldPosition nowhere;
                       format->formatMeasures(measures.data(), static_cast<int32_t>(measures.size()), text,
                                              nowhere, failed);
                       require_icu(failed, "a duration");
                       return text;
                     }});
  return forms;
}

}  // namespace

std::vector<SampleFamily> sample_times() {
  return {
      {.draw = [](Random& random) { return draw_day(random) * minutes_per_day; },
       .forms =
           [](const icu::Locale& locale) {
             return moment_forms(locale, "date",
                                 {"yMMMMEEEEd", "yMMMMd", "MMMMEEEEd", "yMMMM", "MMMMd", "yMMMEd", "yMMMd",
                                  "MMMEd", "yMd", "yMEd", "yQQQQ"});
           }},
      {.draw = draw_minute,
       .forms =
           [](const icu::Locale& locale) {
             return moment_forms(locale, "time", {"jm", "Bhm"});
           }},
      {.draw = [](Random& random) { return draw_day(random) * minutes_per_day + draw_minute(random); },
       .forms =
           [](const icu::Locale& locale) {
             return moment_forms(locale, "date and time",
                                 {"yMMMMEEEEdjm", "yMMMMdjm", "MMMMEEEEdjm", "MMMMdjm", "yMMMdjm", "Ejm"});
           }},
      {.draw =
           [](Random& random) {
             return draw_day(random) * span_lengths + 1 + random.below(random.below(2) ? 14 : 60);
           },
       .forms =
           [](const icu::Locale& locale) {
             return span_forms(locale, minutes_per_day, {"yMMMMd", "yMMMMEEEEd", "MMMMd"});
           }},
      {.draw = draw_hours, .forms = [](const icu::Locale& locale) { return span_forms(locale, 1, {"jm"}); }},
      {.draw = [](Random& random) { return 1 + Index{random.below(random.below(2) ? 12 : 99)}; },
       .forms = relative_forms},
      {.draw =
           [](Random& random) {
             return ((1 + Index{random.below(23)}) * counts + 1 + random.below(29)) * counts + 1 +
                    random.below(random.below(2) ? 11 : 59);
           },
       .forms = duration_forms},
  };
}

}  // namespace heed
