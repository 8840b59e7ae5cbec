#include "heed/text/text_profile.h"

#include "heed/text/code_points.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace heed {
namespace {

enum class Kind : std::uint8_t { letter, digit, symbol, space, broken };

Kind kind_of(UChar32 character) {
  const std::uint32_t category = U_GET_GC_MASK(character);
  if ((category & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return Kind::letter;
  if ((category & U_GC_N_MASK) != 0) return Kind::digit;
  if (u_isUWhiteSpace(character) && character != 0x85) return Kind::space;
  if ((category & U_GC_CC_MASK) != 0 || character == 0xFFFD || U_IS_UNICODE_NONCHAR(character))
    return Kind::broken;
  // Joiners and direction marks are part of how some scripts are written.
  if ((category & U_GC_CF_MASK) != 0) return Kind::letter;
  return Kind::symbol;
}

/// Most text is ASCII, of which nothing needs to be looked up.
const std::array<Kind, 128> ascii_kinds = [] {
  std::array<Kind, 128> kinds{};
  for (UChar32 c = 0; c < 128; ++c) kinds[static_cast<std::size_t>(c)] = kind_of(c);
  return kinds;
}();

bool counts_twice(std::int32_t script) {
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
         script == USCRIPT_HANGUL;
}

void count_letter(TextProfile& profile, std::int32_t script) {
  ++profile.letters;
  if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED) return;
  for (TextProfile::Script& entry : profile.scripts) {
    if (entry.script == -1) entry.script = script;
    if (entry.script != script) continue;
    ++entry.letters;
    return;
  }
}

}  // namespace

TextProfile profile_of(std::string_view text) {
  TextProfile profile;
  bool within_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 character = next_code_point(text, at);
    const bool ascii = character < 128;
    const Kind kind = ascii ? ascii_kinds[static_cast<std::size_t>(character)] : kind_of(character);
    ++profile.characters;
    ++profile.width;
    if (kind != Kind::space && !within_word) ++profile.words;
    within_word = kind != Kind::space;
    switch (kind) {
      case Kind::letter: {
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t script = ascii ? USCRIPT_LATIN : uscript_getScript(character, &status);
        if (counts_twice(script)) ++profile.width;
        count_letter(profile, script);
        break;
      }
      case Kind::digit:
        ++profile.digits;
        break;
      case Kind::symbol:
        ++profile.symbols;
        break;
      case Kind::broken:
        ++profile.broken;
        break;
      case Kind::space:
        break;
    }
  }
  return profile;
}

std::int32_t TextProfile::main_script() const {
  const auto most = std::ranges::max_element(scripts, {}, &Script::letters);
  return most->letters > 0 ? most->script : -1;
}

std::string script_name(std::int32_t script) {
  const char* name = uscript_getName(static_cast<UScriptCode>(script));
  std::string text = name ? name : "unknown";
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::int32_t script_of(const std::string& name) {
  std::array<UScriptCode, 8> codes{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t count = uscript_getCode(name.c_str(), codes.data(), codes.size(), &status);
  if (U_FAILURE(status) || count < 1) return -1;
  return codes[0];
}

std::int32_t script_family(std::int32_t script) {
  switch (script) {
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_KATAKANA_OR_HIRAGANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_JAPANESE:
    case USCRIPT_KOREAN:
    case USCRIPT_SIMPLIFIED_HAN:
    case USCRIPT_TRADITIONAL_HAN:
      return USCRIPT_HAN;
    default:
      return script;
  }
}

}  // namespace heed
