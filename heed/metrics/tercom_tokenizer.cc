#include "heed/metrics/tercom_tokenizer.h"

#include "heed/metrics/characters.h"
#include "heed/metrics/mteval.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

bool between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

// Characters that make a word of their own. U+3F22 is sacreBLEU's (it means U+32FF); that range lies within
// the others all the same, but for U+3200 to U+32FF. Its rules for kana never match: they want them at the
// start of a line, where normalization has put a space.
bool is_ideograph(char32_t c) {
  return between(c, 0x4e00, 0x9fff) || between(c, 0x3400, 0x4dbf) || between(c, 0x31c0, 0x31ef) ||
         between(c, 0x2e80, 0x2eff) || between(c, 0x3200, 0x33ff) || between(c, 0xf900, 0xfaff) ||
         between(c, 0xfe30, 0xfe4f);
}

bool is_asian_mark(char32_t c) {
  return between(c, 0x3001, 0x3002) || between(c, 0x3008, 0x3011) || between(c, 0x3014, 0x301f) ||
         between(c, 0xff61, 0xff65) || c == 0x30fb ||
         // full width
         between(c, 0xff01, 0xff02) || between(c, 0xff08, 0xff09) || c == 0xff0c || c == 0xff0e ||
         between(c, 0xff1a, 0xff1b) || c == 0xff1f;
}

bool is_western_mark(char32_t c) {
  return c < 0x80 && std::string_view(".,?:;!\"()").find(static_cast<char>(c)) != std::string_view::npos;
}

std::string separate_asian_characters(std::string_view text) {
  std::u32string spaced;
  for (char32_t c : code_points(text)) {
    const bool apart = is_ideograph(c) || is_asian_mark(c);
    if (apart) spaced += U' ';
    spaced += c;
    if (apart) spaced += U' ';
  }
  return utf8(spaced);
}

std::string normalize(std::string_view text) {
  std::string line = replace_all(text, "\n-", "");
  line = " " + undo_xml_entities(replace_all(line, "\n", " ")) + " ";
  return separate_points(replace_all(separate_marks(line), "'s ", " 's "));
}

std::string remove_marks(std::string_view text, bool asian_too) {
  std::u32string kept;
  for (char32_t c : code_points(text))
    if (!is_western_mark(c) && !(asian_too && is_asian_mark(c))) kept += c;
  return utf8(kept);
}

}  // namespace

std::string tokenize_tercom(std::string_view segment, const TerOptions& options) {
  const std::string_view trimmed = without_trailing_space(segment);
  std::string text = options.case_sensitive ? std::string(trimmed) : lowercased(trimmed);
  if (text.empty()) return text;
  if (options.normalized) text = normalize(text);
  if (options.normalized && options.asian_support) text = separate_asian_characters(text);
  if (options.no_punctuation) text = remove_marks(text, options.asian_support);
  return single_spaced(text);
}

}  // namespace heed
