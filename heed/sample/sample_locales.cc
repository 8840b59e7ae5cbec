#include "heed/sample/sample_locales.h"

#include <unicode/locid.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "heed/base/error.h"
#include "heed/base/index.h"
#include "heed/base/suggestions.h"

namespace heed {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The locales nearest to a misspelt id, or to a language's name in English, nearest first.
std::vector<std::string> nearest(const std::string& locale, const std::vector<std::string>& known) {
  const std::string wanted = lower(locale);
  std::vector<std::pair<Index, std::string>> ranked;
  for (const std::string& id : known) {
    icu::UnicodeString display;
    std::string name;
    icu::Locale(id.c_str()).getDisplayName(icu::Locale::getEnglish(), display).toUTF8String(name);
    ranked.emplace_back(std::min(edit_distance(wanted, lower(id)), edit_distance(wanted, lower(name))), id);
  }
  // The shorter of two that are equally near: "de" before "de_AT".
  std::ranges::sort(ranked, {}, [](const auto& entry) {
    return std::tuple(entry.first, entry.second.size(), entry.second);
  });
  std::vector<std::string> best;
  for (std::size_t i = 0; i < 3; ++i) best.push_back(ranked[i].second);
  return best;
}

}  // namespace

std::vector<std::string> sample_locales() {
  int32_t count = 0;
  const icu::Locale* available = icu::Locale::getAvailableLocales(count);
  std::vector<std::string> ids;
  for (int32_t i = 0; i < count; ++i) ids.emplace_back(available[i].getName());
  std::ranges::sort(ids);
  return ids;
}

std::string canonical_sample_locale(const std::string& field, const std::string& locale) {
  const std::string id = icu::Locale::createCanonical(locale.c_str()).getName();
  const std::vector<std::string> known = sample_locales();
  if (std::ranges::binary_search(known, id)) return id;
  const std::vector<std::string> near = nearest(locale, known);
  throw ConfigError(message("sample corpus: ", field, " '", locale, "' is none of ICU's ", known.size(),
                            " locales; did you mean '", near[0], "', '", near[1], "' or '", near[2],
                            "'? `heed data locales` lists them all"));
}

}  // namespace heed
