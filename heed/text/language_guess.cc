#include "heed/text/language_guess.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <utility>

#include "heed/text/code_points.h"
#include "heed/text/text_profile.h"

namespace heed {
namespace {

constexpr std::size_t longest_look = std::size_t{1} << 20;  // bytes
constexpr int bytes_to_be_sure = 24;                        // of letters
constexpr int reliable = 50;                                // confidence

/// Codes that ISO 639 has replaced, as CLD2 and as everybody else writes them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> replaced{
    {{"iw", "he"}, {"jw", "jv"}, {"in", "id"}, {"mo", "ro"}, {"no", "nb"}}};

std::string_view base_of(std::string_view code) { return code.substr(0, code.find_first_of("-_.@")); }

CLD2::Language cld2_language(std::string_view code) {
  code = base_of(code);
  for (const auto& [former, present] : replaced)
    if (code == present) code = former;
  if (code.empty()) return CLD2::UNKNOWN_LANGUAGE;
  return CLD2::GetLanguageFromName(std::string(code).c_str());
}

/// Empty for what is no language but a code of CLD2's own: un, xx-Zyyy, zzp.
std::string code_of(CLD2::Language language) {
  const std::string_view code = CLD2::LanguageCode(language);
  if (code == "un" || code.starts_with("xx") || code.starts_with("zz")) return {};
  for (const auto& [former, present] : replaced)
    if (code == former && former != "no") return std::string(present);
  return std::string(code);
}

/// What CLD2 takes: well-formed UTF-8 without control characters and what is no character.
std::string interchangeable(std::string_view text) {
  std::string result;
  result.reserve(std::min(text.size(), longest_look));
  for (std::size_t at = 0; at < text.size() && result.size() < longest_look;) {
    const std::int32_t character = next_code_point(text, at);
    const bool none = character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0xFFFD ||
                      U_IS_UNICODE_NONCHAR(character);
    append_utf8(result, none ? ' ' : character);
  }
  return result;
}

std::vector<LanguageGuess> guesses_of_cld2(const std::string& text, const std::string& expected, int flags) {
  const CLD2::CLDHints hints{expected.empty() ? nullptr : expected.c_str(), nullptr, CLD2::UNKNOWN_ENCODING,
                             CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int letters = 0;
  bool sure = false;
  CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints, flags,
                                 languages.data(), percents.data(), scores.data(), nullptr, &letters, &sure);
  std::vector<LanguageGuess> guesses;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    std::string code = code_of(languages[i]);
    if (code.empty() || percents[i] == 0) continue;
    // What CLD2 is not sure of, and a word or two, stay below what can be relied on.
    const int confidence = (sure ? percents[i] : percents[i] * (reliable - 1) / 100) *
                           std::min(letters, bytes_to_be_sure) / bytes_to_be_sure;
    guesses.push_back({std::move(code), confidence, percents[i]});
  }
  return guesses;
}

/// What the letters of a text that is too short for CLD2 tell.
std::vector<LanguageGuess> guesses_of_letters(std::string_view text) {
  const TextProfile profile = profile_of(text);
  Index han = 0, kana = 0;
  for (const TextProfile::Script& s : profile.scripts) {
    if (s.script == USCRIPT_HAN) han += s.letters;
    if (s.script == USCRIPT_HIRAGANA || s.script == USCRIPT_KATAKANA) kana += s.letters;
  }
  switch (profile.main_script()) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      // Japanese is hardly ever written without kana.
      if (kana * 20 > han) return {{"ja", 90, 100}};
      return {{"zh", han < 4 ? reliable - 1 : reliable, 100}};
    case USCRIPT_HANGUL:
      return {{"ko", 90, 100}};
    case USCRIPT_THAI:
      return {{"th", 90, 100}};
    default:
      return {};
  }
}

}  // namespace

std::vector<LanguageGuess> guess_languages(std::string_view text, std::span<const std::string> expected) {
  const std::string plain = interchangeable(text);
  std::string hint;
  for (const std::string& code : expected) hint += (hint.empty() ? "" : ",") + code;
  for (const int flags : {0, static_cast<int>(CLD2::kCLDFlagBestEffort)}) {
    std::vector<LanguageGuess> guesses = guesses_of_cld2(plain, hint, flags);
    if (!guesses.empty()) return guesses;
    if (guesses = guesses_of_letters(plain); !guesses.empty()) return guesses;
  }
  return {};
}

std::string guess_language(std::string_view text) {
  const std::vector<LanguageGuess> guesses = guess_languages(text);
  return !guesses.empty() && guesses.front().confidence >= reliable ? guesses.front().language : "";
}

bool language_can_be_guessed(std::string_view language) {
  const CLD2::Language known = cld2_language(language);
  return known != CLD2::UNKNOWN_LANGUAGE && CLD2::LanguageRecognizedScript(known, 0) != CLD2::ULScript_Common;
}

bool languages_are_close(std::string_view a, std::string_view b) {
  const CLD2::Language first = cld2_language(a), second = cld2_language(b);
  if (base_of(a) == base_of(b) || (first != CLD2::UNKNOWN_LANGUAGE && first == second)) return true;
  const int set = CLD2::LanguageCloseSet(first);
  return set != 0 && set == CLD2::LanguageCloseSet(second);
}

}  // namespace heed
