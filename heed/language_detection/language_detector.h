#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heed {

/// A language that a text is in, or a part of it.
struct DetectedLanguage {
  std::string language;   // a code as BCP 47 has it: de, pt, zh-Hant
  double confidence = 0;  // 0 to 100: how much of the text it is, less where that is uncertain
};

/// Tells the languages of texts. Const and safe to share between threads.
class LanguageDetector {
 public:
  virtual ~LanguageDetector() = default;

  /// The languages of a text, the likeliest first, none where there is nothing to tell by; a text may be in
  /// several. `expected`: codes of languages that it is likelier in, which helps where it is short. What is
  /// not UTF-8 is passed over.
  virtual std::vector<DetectedLanguage> detect(std::string_view text,
                                               std::span<const std::string> expected = {}) const = 0;

 protected:
  LanguageDetector() = default;
  LanguageDetector(const LanguageDetector&) = default;
  LanguageDetector& operator=(const LanguageDetector&) = default;
};

/// The Compact Language Detector 2 (libcld2): 83 languages, offline, up to three a text.
std::unique_ptr<LanguageDetector> compact_language_detector();

}  // namespace heed
