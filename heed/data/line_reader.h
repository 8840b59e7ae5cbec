#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// The lines of a text file, one after the other: plain or gzip (told by its first bytes, not by its name),
/// or standard input for "-". Ends of line are \n or \r\n; a byte order mark is left out. FileError if it
/// cannot be read, DataError if it is cut short, damaged, or compressed or encoded in another way.
class LineReader {
 public:
  explicit LineReader(const std::filesystem::path& path);
  ~LineReader();
  LineReader(LineReader&&) noexcept;
  LineReader& operator=(LineReader&&) noexcept;

  /// The next line without its end; nothing after the last.
  std::optional<std::string> next();
  /// Whether next() would answer at once: what somebody is typing may not be there yet. Waits for it so long.
  bool ready(std::chrono::milliseconds patience = std::chrono::milliseconds(0));

  /// Lines given out so far, which is the number of the last one.
  Index line() const { return line_; }
  /// "FILE:LINE" of the last line given out, for messages.
  std::string where() const;
  const std::string& name() const { return name_; }

 private:
  class Bytes;

  bool fill();
  void check_beginning() const;

  std::string name_;
  std::unique_ptr<Bytes> bytes_;
  std::string buffer_;
  std::size_t at_ = 0;    // of the next line in buffer_
  std::size_t seen_ = 0;  // where to look on for an end of line
  Index line_ = 0;
  bool beginning_ = true, finished_ = false;
};

/// All lines of a file.
std::vector<std::string> read_lines(const std::filesystem::path& path);

}  // namespace heed
