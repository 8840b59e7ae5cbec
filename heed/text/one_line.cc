#include "heed/text/one_line.h"

#include <algorithm>

#include "heed/text/unicode.h"

namespace heed {

std::string as_one_line(std::string_view text) {
  constexpr std::string_view spaces = " \t\n\v\f\r", breaks = "\t\n\v\f\r";
  std::string line;
  text = trimmed(text);
  // Most texts are one line, and looking for one of several characters is slow.
  if (std::none_of(text.begin(), text.end(), [](char c) { return c >= '\t' && c <= '\r'; }))
    return std::string(text);
  for (std::size_t at; (at = text.find_first_of(breaks)) != text.npos;) {
    // Blanks before the break are part of the run.
    const std::size_t last = text.find_last_not_of(spaces, at);
    line += text.substr(0, last + 1);
    line += ' ';
    text.remove_prefix(text.find_first_not_of(spaces, at));
  }
  return line += text;
}

std::string without_breaks(std::string text) {
  // Looking for one character is fast, and hardly any text has one of these.
  for (const char c : {'\t', '\r', '\n'})
    if (text.find(c) != text.npos) std::ranges::replace(text, c, ' ');
  return text;
}

std::string with_escaped_breaks(std::string_view text) {
  std::string line;
  for (const char byte : text) {
    if (byte == '\n')
      line += "\\n";
    else if (byte == '\r')
      line += "\\r";
    else if (byte == '\\')
      line += "\\\\";
    else
      line += byte;
  }
  return line;
}

}  // namespace heed
