#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "heed/base/index.h"
#include "heed/io/line_ends.h"
#include "heed/io/text_source.h"

namespace heed {

/// The lines of a text file, one after the other, in any form that TextSource reads, or those of standard
/// input for "-". What ends them is decided by the beginning (line_ends_of); a carriage return within a line
/// becomes a space. FileError if it cannot be read, DataError if it is cut short,
/// damaged or in another form, or if a line is longer than 64 MiB, which text never is.
class LineReader {
 public:
  explicit LineReader(const std::filesystem::path& path);

  /// The next line without its end; nothing after the last.
  std::optional<std::string> next();
  /// Whether next() would answer at once: what somebody is typing may not be there yet. Waits for it so long.
  bool ready(std::chrono::milliseconds patience = std::chrono::milliseconds(0));

  /// Lines given out so far, which is the number of the last one.
  Index line() const { return line_; }
  /// "FILE:LINE" of the last line given out, for messages.
  std::string where() const;
  const std::string& name() const { return source_->name(); }
  /// What of the ends of lines is worth telling, once all are read: "FILE: ..." or nothing.
  std::string note() const;

 private:
  /// Where a line ends, and where the next one begins.
  struct End {
    std::size_t at, after;
  };

  std::optional<End> end_in_buffer();
  bool fill();

  std::unique_ptr<TextSource> source_;
  std::string buffer_;
  std::size_t at_ = 0;    // of the next line in buffer_
  std::size_t seen_ = 0;  // where to look on for an end of line
  LineEnds ends_ = LineEnds::unknown;
  Index line_ = 0;
  Index torn_ = 0, first_torn_ = 0;  // lines with a carriage return within, and the first of them
  bool finished_ = false;
};

/// All lines of a file. `note` is told what LineReader::note() says.
std::vector<std::string> read_lines(const std::filesystem::path& path,
                                    const std::function<void(const std::string&)>& note = {});

}  // namespace heed
