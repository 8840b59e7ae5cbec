#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heed {

/// A language that a text, or a part of it, is probably in.
struct LanguageGuess {
  std::string language;  // a code: "de", "nn", "zh", "zh-Hant"
  int confidence =
      0;          // 0 to 100; from 50 on the text is long and typical enough for the guess to be relied on
  int share = 0;  // percent of the text that is in this language, by bytes of its letters

  bool operator==(const LanguageGuess&) const = default;
};

/// The languages of a UTF-8 text, the one of most of it first: at most three, none where nothing can be told.
/// Below some hundred letters a guess is a poor one; `expected`, the codes of languages that the text is
/// likely in, help there. May be called by many threads at a time.
std::vector<LanguageGuess> guess_languages(std::string_view text, std::span<const std::string> expected = {});

/// The language of most of a text where that can be relied on, or else "".
std::string guess_language(std::string_view text);

/// Whether texts in a language (a code, "de" or "de_AT") are recognized at all: those in another one are
/// taken for what they look most like.
bool language_can_be_guessed(std::string_view language);

/// Whether two codes name one language, or languages so close that a text in one is often taken for the
/// other: Croatian and Serbian, the two Norwegians and Danish, Indonesian and Malay.
bool languages_are_close(std::string_view a, std::string_view b);

}  // namespace heed
