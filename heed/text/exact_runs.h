#pragma once
#include <string_view>

#include "heed/text/code_points.h"

namespace heed {

/// Cuts a text into what SentencePiece gives back as it was and what it does not: `run` is called with each
/// stretch of the former, `byte` with each byte of the latter. Those are ends of lines, tabs, NUL, U+2581
/// (which stands for a space), and bytes that are not UTF-8.
template <class Run, class Byte>
void for_each_exact_run(std::string_view text, const Run& run, const Byte& byte) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const std::int32_t c = next_code_point(text, at);
    if (c != '\n' && c != '\r' && c != '\t' && c != 0 && c != 0x2581 && !is_malformed_step(c, before, at))
      continue;
    if (before > begin) run(text.substr(begin, before - begin));
    for (const char part : text.substr(before, at - before)) byte(static_cast<unsigned char>(part));
    begin = at;
  }
  if (begin < text.size()) run(text.substr(begin));
}

}  // namespace heed
