#include "heed/text/language_titles.h"

#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "heed/text/language_codes.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

icu::Locale locale_of(std::string_view code) {
  std::string text(code);
  std::replace(text.begin(), text.end(), '-', '_');
  return icu::Locale::createCanonical(text.c_str());
}

}  // namespace

std::string language_title(std::string_view code, std::string_view in) {
  std::string title(code);
  const icu::Locale language = locale_of(code);
  if (*language.getLanguage() == '\0') return title;
  UDisplayContext contexts[] = {UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU, UDISPCTX_DIALECT_NAMES};
  const std::unique_ptr<icu::LocaleDisplayNames> names(
      icu::LocaleDisplayNames::createInstance(locale_of(in), contexts, 2));
  if (!names) return title;
  icu::UnicodeString name;
  names->localeDisplayName(language, name);
  title.clear();
  name.toUTF8String(title);
  return title;
}

std::string first_accepted_language(std::string_view accept) {
  struct Wish {
    std::string code;
    double weight;
  };
  std::vector<Wish> wishes;
  while (!accept.empty()) {
    const std::size_t comma = accept.find(',');
    const std::string_view entry = trimmed(accept.substr(0, comma));
    accept = comma == std::string_view::npos ? std::string_view() : accept.substr(comma + 1);
    const std::string_view code = trimmed(entry.substr(0, entry.find(';')));
    double weight = 1;
    if (const std::size_t q = entry.find("q="); q != std::string_view::npos)
      weight = std::atof(std::string(entry.substr(q + 2, 5)).c_str());
    if (weight > 0 && code.size() <= 35 && is_language_code(code))
      wishes.push_back({std::string(code), weight});
  }
  const auto best = std::max_element(wishes.begin(), wishes.end(),
                                     [](const Wish& a, const Wish& b) { return a.weight < b.weight; });
  return best == wishes.end() ? "en" : best->code;
}

}  // namespace heed
