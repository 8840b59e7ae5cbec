#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "heed/base/index.h"

namespace heed {

/// What a text consists of, counted in one look at its characters.
struct TextProfile {
  /// Letters of one script: its number in ICU (UScriptCode).
  struct Script {
    std::int32_t script = -1;
    Index letters = 0;
  };

  Index characters = 0;  // code points
  Index width = 0;       // the same, ideographs and syllables counted twice: they say more
  Index words = 0;       // runs of characters between white space
  Index letters = 0;     // with the marks that belong to them
  Index digits = 0;
  Index symbols = 0;  // all that is neither letter, digit nor white space
  Index broken = 0;   // control characters, U+FFFD and what is no character at all
  /// The scripts that letters are in, in the order in which they are met; those of a fifth one are not told
  /// apart from none.
  std::array<Script, 4> scripts{};

  /// The script of most letters; -1 where there is none.
  std::int32_t main_script() const;
};

/// The profile of well-formed UTF-8.
TextProfile profile_of(std::string_view text);

/// "Latin", "Cyrillic", ...: the name of a script's number.
std::string script_name(std::int32_t script);

/// The script's number for a code ("Latn"), a name ("Latin") or a language ("de"); -1 if there is none such.
std::int32_t script_of(const std::string& name);

/// One number for all scripts that are mixed within a text of one language: Chinese characters, kana and
/// Hangul are one family.
std::int32_t script_family(std::int32_t script);

}  // namespace heed
