#include "heed/language_detection/language_detector.h"
#include "heed/text/language_guess.h"

namespace heed {
namespace {

class CompactLanguageDetector : public LanguageDetector {
 public:
  std::vector<DetectedLanguage> detect(std::string_view text,
                                       std::span<const std::string> expected) const override {
    std::vector<DetectedLanguage> found;
    for (LanguageGuess& guess : guess_languages(text, expected))
      found.push_back({std::move(guess.language), static_cast<double>(guess.confidence)});
    return found;
  }
};

}  // namespace

std::unique_ptr<LanguageDetector> compact_language_detector() {
  return std::make_unique<CompactLanguageDetector>();
}

}  // namespace heed
