#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

namespace heed {

/// How well one language code serves where another is asked for: 0 not at all, most where they are the same.
/// Codes are taken as people write them (en, EN-gb, en_US.UTF-8, deu); regions may differ, languages and
/// scripts may not.
int closeness(std::string_view code, std::string_view wanted);

/// Whether a text has the form of a language code that ICU knows.
bool is_language_code(std::string_view text);

/// The same for the many entries of a file, of which each code is looked at once.
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
