#pragma once
#include <string_view>
#include <vector>

namespace heed {

/// A sentence of a text, and the white space behind it.
struct Sentence {
  std::string_view text, space;
};

/// The sentences of UTF-8 text: together with their white space they are the text. Found by the rules of
/// Unicode (UAX #29), but not behind abbreviations that ICU knows, such as "Mr.".
std::vector<Sentence> sentences(std::string_view text);

/// The same of text in the language of a code ("de", "pt-BR"): with its abbreviations alone, not behind what
/// is one by our own rules (sentence_exceptions.h) either, and with its punctuation (a Greek question mark).
std::vector<Sentence> sentences(std::string_view text, std::string_view language);

/// What goes between a sentence of UTF-8 text and the next where nobody says: nothing where its script needs
/// no spaces, else one.
std::string_view space_behind(std::string_view sentence);

}  // namespace heed
