#include "heed/metrics/mteval.h"

#include <unicode/uchar.h>

#include "heed/base/error.h"
#include "heed/metrics/characters.h"

namespace heed {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_point(char c) { return c == '.' || c == ','; }
// ASCII's punctuation and space, but for the apostrophe, the comma, the hyphen and the full stop.
bool is_mark(char c) {
  return (c >= '{' && c <= '~') || (c >= '[' && c <= '`') || (c >= ' ' && c <= '&') ||
         (c >= '(' && c <= '+') || (c >= ':' && c <= '@') || c == '/';
}

bool has_category(char32_t c, std::uint32_t mask) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0;
}
bool is_number(char32_t c) { return has_category(c, U_GC_N_MASK); }
bool is_punctuation(char32_t c) { return has_category(c, U_GC_P_MASK); }
bool is_symbol(char32_t c) { return has_category(c, U_GC_S_MASK); }

/// The text with spaces put before, between and after every pair of neighbors that matches. A character
/// belongs to one pair at most, the leftmost, as with a regular expression.
template <class Text, class Match>
Text space_pairs(const Text& text, std::string_view before, std::string_view after, const Match& match) {
  Text spaced;
  spaced.reserve(text.size() + text.size() / 4);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 1 == text.size() || !match(text[i], text[i + 1])) {
      spaced += text[i];
      continue;
    }
    spaced.append(before.begin(), before.end());
    spaced += text[i];
    spaced += ' ';
    spaced += text[++i];
    spaced.append(after.begin(), after.end());
  }
  return spaced;
}

template <class Text, class Match>
Text space_around(const Text& text, const Match& match) {
  Text spaced;
  spaced.reserve(text.size() + text.size() / 4);
  for (auto c : text) {
    const bool apart = match(c);
    if (apart) spaced += ' ';
    spaced += c;
    if (apart) spaced += ' ';
  }
  return spaced;
}

}  // namespace

std::string separate_marks(std::string_view text) { return space_around(std::string(text), is_mark); }

std::string separate_points(std::string_view text) {
  std::string result =
      space_pairs(std::string(text), "", " ", [](char a, char b) { return !is_digit(a) && is_point(b); });
  result = space_pairs(result, " ", "", [](char a, char b) { return is_point(a) && !is_digit(b); });
  return space_pairs(result, "", " ", [](char a, char b) { return is_digit(a) && b == '-'; });
}

std::string tokenize_13a(std::string_view text) {
  std::string line = replace_all(text, "<skipped>", "");
  line = replace_all(line, "-\n", "");
  line = replace_all(line, "\n", " ");
  return separate_points(separate_marks(" " + undo_xml_entities(line) + " "));
}

std::string tokenize_international(std::string_view text) {
  std::u32string line = code_points(text);
  line =
      space_pairs(line, "", " ", [](char32_t a, char32_t b) { return !is_number(a) && is_punctuation(b); });
  line =
      space_pairs(line, " ", "", [](char32_t a, char32_t b) { return is_punctuation(a) && !is_number(b); });
  return utf8(space_around(line, is_symbol));
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  std::size_t begin = 0;
  for (std::size_t at; (at = text.find(from, begin)) != std::string_view::npos; begin = at + from.size()) {
    result += text.substr(begin, at - begin);
    result += to;
  }
  return result += text.substr(begin);
}

std::string undo_xml_entities(std::string_view text) {
  std::string result = replace_all(text, "&quot;", "\"");
  result = replace_all(result, "&amp;", "&");
  result = replace_all(result, "&lt;", "<");
  return replace_all(result, "&gt;", ">");
}

}  // namespace heed
