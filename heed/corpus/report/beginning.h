#pragma once
#include <string>
#include <string_view>

namespace heed {

/// The first 600 bytes of a text, cut between two characters: one line of a hostile file may be all of it.
inline std::string beginning(std::string_view text) {
  constexpr std::size_t longest = 600;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > longest - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + " …";
}

}  // namespace heed
