#include "heed/text/language_guess.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <memory>
#include <vector>

#include "heed/text/text_profile.h"

namespace heed {
namespace {

struct Guess {
  std::string language;
  std::int32_t confidence = 0;
};

/// The text in an older charset, one byte a character: ICU tells languages apart in these only.
std::string encoded(const icu::UnicodeString& text, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset, &status), ucnv_close);
  if (U_FAILURE(status)) return {};
  ucnv_setSubstChars(converter.get(), " ", 1, &status);
  std::string bytes(static_cast<std::size_t>(text.length()) * 4 + 1, '\0');
  const std::int32_t size =
      ucnv_fromUChars(converter.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()),
                      text.getBuffer(), text.length(), &status);
  bytes.resize(U_SUCCESS(status) ? static_cast<std::size_t>(size) : 0);
  return bytes;
}

Guess best_guess(const std::string& bytes) {
  Guess best;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                            ucsdet_close);
  if (U_FAILURE(status)) return best;
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  if (U_FAILURE(status)) return best;
  for (std::int32_t i = 0; i < count; ++i) {
    UErrorCode ignored = U_ZERO_ERROR;
    const std::string language = ucsdet_getLanguage(matches[i], &ignored);
    const std::int32_t confidence = ucsdet_getConfidence(matches[i], &ignored);
    if (!language.empty() && confidence > best.confidence) best = {language, confidence};
  }
  return best;
}

std::vector<const char*> charsets_of(std::int32_t script) {
  switch (script) {
    case USCRIPT_LATIN:
      return {"windows-1252", "ISO-8859-2", "ISO-8859-9"};
    case USCRIPT_CYRILLIC:
      return {"windows-1251"};
    case USCRIPT_GREEK:
      return {"ISO-8859-7"};
    case USCRIPT_HEBREW:
      return {"ISO-8859-8"};
    case USCRIPT_ARABIC:
      return {"windows-1256"};
    default:
      return {};
  }
}

/// The language that letters alone tell.
std::string language_of_letters(const TextProfile& profile) {
  Index han = 0, kana = 0;
  for (const TextProfile::Script& s : profile.scripts) {
    if (s.script == USCRIPT_HAN) han += s.letters;
    if (s.script == USCRIPT_HIRAGANA || s.script == USCRIPT_KATAKANA) kana += s.letters;
  }
  switch (profile.main_script()) {
    case USCRIPT_HANGUL:
      return "ko";
    case USCRIPT_THAI:
      return "th";
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return kana * 20 > han ? "ja" : "zh";
    default:
      return "";
  }
}

}  // namespace

std::string guess_language(std::string_view text) {
  const TextProfile profile = profile_of(text);
  const auto charsets = charsets_of(profile.main_script());
  if (charsets.empty()) return language_of_letters(profile);
  const auto unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  Guess best;
  constexpr std::int32_t least_confidence = 20, sure = 50;  // of 100
  for (const char* charset : charsets) {
    if (best.confidence >= sure) break;
    if (const Guess guess = best_guess(encoded(unicode, charset)); guess.confidence > best.confidence)
      best = guess;
  }
  return best.confidence >= least_confidence ? best.language : "";
}

}  // namespace heed
