#include "heed/corpus/formats/break_markup.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>

#include "heed/corpus/formats/xml_names.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

template <std::size_t N>
bool is_any(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

std::string ascii_lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower;
}

/// Elements of HTML and DocBook that begin a line or a cell of their own; <wbr> is none: it is no space.
bool is_block(std::string_view name) {
  static constexpr std::array<std::string_view, 26> blocks{
      "br",    "p",     "div",   "li",    "ul", "ol", "dl", "dt", "dd", "tr", "td",  "th",   "hr",
      "table", "thead", "tbody", "tfoot", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "para", "blockquote"};
  return is_any(name, blocks);
}

/// What programs call breaks and spaces that are no elements.
bool is_break_name(std::string_view name) {
  static constexpr std::array<std::string_view, 19> names{
      "lb",    "pb",      "nl",        "lf",        "cr",        "crlf",      "tab",
      "nbsp",  "newline", "linebreak", "pagebreak", "softbreak", "hardbreak", "softreturn",
      "break", "space",   "emspace",   "enspace",   "paragraph"};
  return is_any(name, names);
}

/// Whether text is nothing but characters that part words.
bool is_space(std::string_view text) {
  if (text.empty()) return false;
  static constexpr std::array<std::string_view, 8> spaces{"\xC2\xA0",     "\xC2\x85",     "\xE2\x80\xA8",
                                                          "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE3\x80\x80",
                                                          "\xE2\x80\x82", "\xE2\x80\x83"};
  while (!text.empty()) {
    const auto space = std::ranges::find_if(spaces, [&](std::string_view s) { return text.starts_with(s); });
    if (space != spaces.end())
      text.remove_prefix(space->size());
    else if (std::isspace(static_cast<unsigned char>(text.front())))
      text.remove_prefix(1);
    else
      return false;
  }
  return true;
}

/// Whether the end of a type is a name of a break: br of x-html-br, lb of xlf:lb, break of line-break.
bool is_type_of_break(std::string_view type) {
  if (type.empty()) return false;
  const std::string last = ascii_lower_case(type.substr(type.find_last_of("-:_ ./") + 1));
  return is_block(last) || is_break_name(last);
}

/// Whether a code holds a tag, of a start or an end, that parts words: <br/>, </b></p>.
bool has_block_tag(std::string_view code) {
  for (std::size_t at = 0; (at = code.find('<', at)) != code.npos;) {
    at += code.substr(at).starts_with("</") ? 2 : 1;
    const std::string_view rest = code.substr(at);
    if (is_block(ascii_lower_case(without_prefix(rest.substr(0, rest.find_first_of(" \t\r\n/>"))))))
      return true;
  }
  return false;
}

/// A code without what programs put around it: tab of "{tab}", "[tab]" and "{\tab }".
std::string bare(std::string_view code) {
  const std::size_t begin = code.find_first_not_of("{[ "), end = code.find_last_not_of("}] ;");
  return begin == code.npos || end == code.npos || end < begin
             ? std::string()
             : std::string(code.substr(begin, end + 1 - begin));
}

/// Whether a code is nothing but escapes of breaks and spaces, as C, RTF, TeX and HTML write them.
bool is_escapes(std::string_view code) {
  static constexpr std::array<std::string_view, 20> escapes{
      "\\pard", "\\par", "\\page", "\\line",  "\\tab", "\\sect", "\\n",  "\\r",  "\\t", "\\~",
      "&nbsp",  "&#160", "&#xa0",  "&#x2028", "&#10",  "&#xa",   "&#13", "&#xd", "&#9", ";"};
  if (code.empty()) return false;
  while (!code.empty()) {
    const auto escape =
        std::ranges::find_if(escapes, [&](std::string_view e) { return code.starts_with(e); });
    if (escape == escapes.end()) return false;
    code = trimmed(code.substr(escape->size()));
  }
  return true;
}

/// Whether <cp hex="000A"/> is an end of line or a tab, which XML cannot hold otherwise.
bool is_control_break(const pugi::xml_node& element) {
  const std::string_view hex = element.attribute("hex").value();
  std::uint32_t code = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
  return (code >= 0x9 && code <= 0xD) || code == 0x85;
}

}  // namespace

bool is_code_of_break(std::string_view code) {
  if (code.empty()) return false;
  if (is_space(code)) return true;
  code = trimmed(code);
  if (has_block_tag(code)) return true;
  const std::string inner = ascii_lower_case(bare(code));
  if (is_escapes(inner)) return true;
  // A name alone may be one of a variable: {p}, but hardly {br}.
  const bool bracketed = code.front() == '[' || code.front() == '{' || code.front() == '<';
  return bracketed && (inner == "br" || is_break_name(inner));
}

OriginalData::OriginalData(const pugi::xml_node& element) {
  for (const pugi::xml_node& data : element.children())
    codes_.emplace(data.attribute("id").value(), data.text().get());
}

std::string_view OriginalData::code(std::string_view id) const {
  if (id.empty() || codes_.empty()) return {};
  const auto found = codes_.find(id);
  return found == codes_.end() ? std::string_view() : found->second;
}

bool parts_words(const pugi::xml_node& element, const OriginalData& data) {
  const std::string_view name = local_name(element);
  if (name == "cp") return is_control_break(element);
  for (const char* type : {"ctype", "type", "subType"})
    if (is_type_of_break(element.attribute(type).value())) return true;
  for (const char* code : {"equiv-text", "equiv", "disp", "equivStart", "dispStart"})
    if (is_code_of_break(element.attribute(code).value())) return true;
  for (const char* reference : {"dataRef", "dataRefStart"})
    if (is_code_of_break(data.code(element.attribute(reference).value()))) return true;
  if (name == "ph" || name == "it" || name == "bpt" || name == "ept" || name == "ut")
    return is_code_of_break(element.text().get());
  return is_block(ascii_lower_case(name)) || is_break_name(name);
}

}  // namespace heed
