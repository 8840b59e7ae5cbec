#include <cstdio>  // which the library's header forgets
// clang-format off
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
// clang-format on

#include <algorithm>
#include <array>

#include "heed/language_detection/language_detector.h"
#include "heed/text/language_codes.h"

namespace heed {
namespace {

// What a detector of language models reads of a long text at most: more changes no answer.
constexpr std::size_t bytes_read = std::size_t{1} << 16;
// Letters (in bytes) from which on an answer is as sure as it is for longer texts. Of texts that are shorter
// than what the library calls reliable, it is right in about every second case.
constexpr double bytes_for_certainty = 24;
constexpr double share_where_unreliable = 0.5;

/// The library's codes are older than BCP 47 in places.
std::string modern_code(CLD2::Language language) {
  const std::string code = CLD2::LanguageCode(language);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> renamed{
      std::pair{"iw", "he"}, {"jw", "jv"}, {"mo", "ro"}, {"sh", "sr"}, {"in", "id"}};
  for (const auto& [former, now] : renamed)
    if (code == former) return std::string(now);
  return code;
}

class CompactLanguageDetector : public LanguageDetector {
 public:
  std::vector<DetectedLanguage> detect(std::string_view text,
                                       std::span<const std::string> expected) const override {
    text = text.substr(0, bytes_read);
    std::string hint;
    for (const std::string& code : expected) hint += (hint.empty() ? "" : ",") + code;
    const CLD2::CLDHints hints{.content_language_hint = hint.empty() ? nullptr : hint.c_str(),
                               .tld_hint = nullptr,
                               .encoding_hint = CLD2::UNKNOWN_ENCODING,
                               .language_hint = CLD2::UNKNOWN_LANGUAGE};
    std::array<CLD2::Language, 3> languages{};
    std::array<int, 3> percents{};
    std::array<double, 3> scores{};
    int letters = 0, valid = 0;
    bool reliable = false;
    const auto ask = [&](std::string_view passage) {
      CLD2::ExtDetectLanguageSummaryCheckUTF8(passage.data(), static_cast<int>(passage.size()), true, &hints,
                                              CLD2::kCLDFlagBestEffort, languages.data(), percents.data(),
                                              scores.data(), nullptr, &letters, &reliable, &valid);
      return valid == static_cast<int>(passage.size());
    };
    if (!ask(text)) ask(text.substr(0, static_cast<std::size_t>(valid)));
    std::vector<DetectedLanguage> found;
    const double certainty =
        std::min(1.0, letters / bytes_for_certainty) * (reliable ? 1 : share_where_unreliable);
    for (std::size_t i = 0; i < languages.size(); ++i) {
      const std::string code = modern_code(languages[i]);
      // What is no language has a code of its own kind (un, xx-Zyyy, zzp).
      if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percents[i] <= 0 || !is_language_code(code) ||
          code.starts_with("xx") || code.starts_with("zzp"))
        continue;
      found.push_back({code, percents[i] * certainty});
    }
    std::stable_sort(found.begin(), found.end(), [](const DetectedLanguage& a, const DetectedLanguage& b) {
      return a.confidence > b.confidence;
    });
    return found;
  }
};

}  // namespace

std::unique_ptr<LanguageDetector> compact_language_detector() {
  return std::make_unique<CompactLanguageDetector>();
}

}  // namespace heed
