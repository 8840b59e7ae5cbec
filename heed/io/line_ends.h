#pragma once
#include <cstddef>
#include <string_view>

namespace heed {

/// What ends the lines of a text.
enum class LineEnds {
  unknown,          // more of it must be read
  newline,          // \n, or \r\n; a carriage return elsewhere is white space within a line
  carriage_return,  // \r, as on old systems, or \n
};

/// What ends the lines of a text that begins so; `whole`: nothing follows. A carriage return does where no
/// newline stands in the first 64 KiB: in other texts those left over would tear lines apart.
inline LineEnds line_ends_of(std::string_view beginning, bool whole) {
  constexpr std::size_t enough = 1 << 16;
  if (beginning.find('\n') != beginning.npos) return LineEnds::newline;
  if (beginning.size() < enough && !whole) return LineEnds::unknown;
  return beginning.find('\r') == beginning.npos ? LineEnds::newline : LineEnds::carriage_return;
}

}  // namespace heed
