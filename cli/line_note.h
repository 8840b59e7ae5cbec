#pragma once
#include <iostream>
#include <string>

#include "heed/io/line_reader.h"

namespace heed {

inline void tell(const std::string& note) { std::cerr << note << '\n'; }

/// Says on standard error what of a file's ends of lines is worth telling, once its lines are read.
inline void tell_line_ends(const LineReader& reader) {
  if (const std::string note = reader.note(); !note.empty()) tell(note);
}

}  // namespace heed
