#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "heed/base/index.h"
#include "heed/io/line_ends.h"
#include "heed/io/text_source.h"

namespace heed {

/// A line of text, or a part of one that is very long.
struct ExactLine {
  std::string_view text;  // without the end of the line; lives until the next one is asked for
  std::string_view
      end;  // "\n", "\r\n", "\r" (see line_ends_of), or nothing: the line goes on, or the file ends here
  bool whole = true;  // not cut out of a longer line
  Index number = 0;   // of the line in its file, from 1
  Index first_byte =
      0;  // where the text begins in that of the file, from 1, once it is decompressed and UTF-8
};

/// The lines of a text file with their ends, so that nothing is lost: put together they are the file's text.
/// Lines longer than `most` bytes come in parts, cut before a space or between two characters. FileError and
/// DataError as of TextSource.
class ExactLines {
 public:
  explicit ExactLines(const std::filesystem::path& path, std::size_t most = 1 << 20);

  /// The next; false after the last.
  bool next(ExactLine& line);
  const std::string& name() const { return source_.name(); }

 private:
  bool fill();
  std::size_t find_end();
  std::size_t cut() const;

  TextSource source_;
  std::size_t most_;
  std::string buffer_;
  std::size_t at_ = 0;  // of what comes next, in buffer_
  LineEnds ends_ = LineEnds::unknown;
  bool finished_ = false, within_line_ = false;
  Index line_ = 0, byte_ = 1;
};

}  // namespace heed
