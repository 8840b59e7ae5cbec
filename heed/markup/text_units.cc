#include "heed/markup/text_units.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "heed/text/code_points.h"

namespace heed {
namespace {

enum class Part { space, word, alone, mark };

Part part_of(std::int32_t c) {
  if (u_isUWhiteSpace(c)) return Part::space;
  // Marks, joiners and variation selectors belong to what stands before them.
  const auto kind = u_charType(c);
  if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_COMBINING_SPACING_MARK ||
      kind == U_FORMAT_CHAR || u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER))
    return Part::mark;
  if (!u_isalnum(c) && c != '_') return Part::alone;
  UErrorCode error = U_ZERO_ERROR;
  return uscript_breaksBetweenLetters(uscript_getScript(c, &error)) ? Part::alone : Part::word;
}

}  // namespace

std::vector<TextSpan> text_units(std::string_view text) {
  std::vector<TextSpan> units;
  Part last = Part::space;
  std::int32_t joined = 0;  // the mark before
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = static_cast<Index>(at);
    const std::int32_t c = next_code_point(text, at);
    const auto end = static_cast<Index>(at);
    Part part = part_of(c);
    if (part == Part::space) {
      last = part, joined = 0;
      continue;
    }
    constexpr std::int32_t joiner = 0x200D;
    const bool goes_on = last != Part::space && (part == Part::mark || joined == joiner ||
                                                 (part == Part::word && last == Part::word));
    if (goes_on)
      units.back().end = end;
    else
      units.push_back({begin, end});
    if (part != Part::mark) last = part;
    if (last == Part::space) last = Part::alone;  // a mark that begins a text
    joined = c;
  }
  return units;
}

}  // namespace heed
