#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

namespace heed {

/// How well one language serves where another is asked for: 0 not at all, most where they are the same.
/// Languages are taken as people write them (en, EN-gb, en_US.UTF-8, deu, German); regions may differ,
/// languages and scripts may not. Norwegian (no) and Bokmål (nb) serve for each other.
int closeness(std::string_view language, std::string_view wanted);

/// Whether a text has the form of a language code that ICU knows: language, script, region and variant.
bool is_language_code(std::string_view text);

/// Whether a code with a country has the language that most there speak: de-CH, but not en-DE.
bool is_language_of_its_country(std::string_view code);

/// The code of a language that is named by a code, in English or in itself (de, German, Deutsch, Brazilian
/// Portuguese); empty if it is none that ICU knows.
std::string language_code_of(std::string_view text);

/// The same for a language and a country that are named apart, as Chinese and TAIWAN are.
std::string language_code_of(std::string_view language, std::string_view country);

/// Closeness for the many entries of a file, of which each code is looked at once.
class LanguageMatcher {
 public:
  explicit LanguageMatcher(std::string wanted);
  int closeness(std::string_view code);
  const std::string& wanted() const { return wanted_; }

 private:
  std::string wanted_;
  std::unordered_map<std::string, int> known_;
};

}  // namespace heed
