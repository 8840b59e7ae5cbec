#include "heed/text/language_names.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <set>
#include <string>

#include "heed/text/lowercased.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::size_t longest_name = 40;  // bytes

std::string display_name(const icu::Locale& language, const icu::Locale& in) {
  icu::UnicodeString name;
  std::string text;
  language.getDisplayLanguage(in, name).toUTF8String(text);
  return lowercased(text);
}

/// All that languages are called, in English and by their speakers, and their codes of two letters.
/// Asked for whenever a table is opened: the names of dialects and places, which
/// codes_of_language_names knows too, would take six times as long.
const std::set<std::string, std::less<>>& all_names() {
  static const std::set<std::string, std::less<>> names = [] {
    std::set<std::string, std::less<>> found;
    for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
      const icu::Locale language(*code);
      found.insert(
          {*code, display_name(language, icu::Locale::getEnglish()), display_name(language, language)});
    }
    return found;
  }();
  return names;
}

/// Calls visit(name) for the text and for what stands before a region, in lower case, until that is true.
template <class Visit>
bool any_name(std::string_view text, const Visit& visit) {
  text = trimmed(text);
  // What is a sentence costs no look into tables.
  if (text.empty() || text.size() > longest_name || text.find_first_of(".,!?:;\"0123456789") != text.npos)
    return false;
  const std::string name = lowercased(text);
  const std::string_view first = trimmed(std::string_view(name).substr(0, name.find_first_of("-_(")));
  return visit(std::string_view(name)) || (first.size() < name.size() && visit(first));
}

}  // namespace

bool names_language(std::string_view text) {
  return any_name(text, [](std::string_view name) { return all_names().contains(name); });
}

bool names_language(std::string_view text, std::string_view code) {
  const std::string part(trimmed(code).substr(0, trimmed(code).find_first_of("-_.@")));
  const icu::Locale language = icu::Locale::createCanonical(part.c_str());
  if (*language.getLanguage() == '\0') return false;
  return any_name(text, [&](std::string_view name) {
    return name == language.getLanguage() || name == language.getISO3Language() ||
           name == display_name(language, icu::Locale::getEnglish()) ||
           name == display_name(language, language);
  });
}

}  // namespace heed
