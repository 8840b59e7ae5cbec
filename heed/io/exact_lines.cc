#include "heed/io/exact_lines.h"

#include <algorithm>

namespace heed {

ExactLines::ExactLines(const std::filesystem::path& path, std::size_t most)
    : source_(path), most_(std::max<std::size_t>(most, 8)) {}

bool ExactLines::next(ExactLine& line) {
  const std::size_t end = find_end();
  const bool ended = end != std::string::npos;
  if (!ended && at_ == buffer_.size()) return false;
  const std::size_t length = (ended ? end : buffer_.size()) - at_;
  const bool long_line = length > most_;
  if (!within_line_) ++line_;
  line = {.text = std::string_view(buffer_).substr(at_, long_line ? cut() : length),
          .end = {},
          .whole = !within_line_ && !long_line,
          .number = line_,
          .first_byte = byte_};
  if (!long_line && ended) {
    const std::size_t marks = buffer_[end] == '\n' && line.text.ends_with('\r') ? 2 : 1;
    line.end = std::string_view(buffer_).substr(end + 1 - marks, marks);
    line.text.remove_suffix(marks - 1);
  }
  within_line_ = long_line;
  at_ += line.text.size() + line.end.size();
  byte_ += static_cast<Index>(line.text.size() + line.end.size());
  return true;
}

/// Where the last character of the line's end is in the buffer, which holds more than `most_` of it where
/// that is not known.
std::size_t ExactLines::find_end() {
  while ((ends_ = ends_ == LineEnds::unknown ? line_ends_of(buffer_, finished_) : ends_) == LineEnds::unknown)
    fill();
  const bool by_return = ends_ == LineEnds::carriage_return;
  std::size_t seen = at_;
  for (;;) {
    std::size_t end = by_return ? buffer_.find_first_of("\r\n", seen) : buffer_.find('\n', seen);
    // A newline that follows a carriage return belongs to the same end.
    const bool open =
        by_return && end != std::string::npos && buffer_[end] == '\r' && end + 1 == buffer_.size();
    if (end != std::string::npos && (!open || finished_))
      return by_return && buffer_.compare(end, 2, "\r\n") == 0 ? end + 1 : end;
    if (end == std::string::npos && buffer_.size() - at_ > most_ + 1) return end;
    seen = std::min(end, buffer_.size());
    const std::size_t before = at_;
    if (!fill() && !open) return std::string::npos;
    seen -= before - at_;
  }
}

/// Bytes of the first part of a long line.
std::size_t ExactLines::cut() const {
  const std::string_view part = std::string_view(buffer_).substr(at_, most_ + 1);
  if (const std::size_t space = part.rfind(' '); space != part.npos && space > 0) return space;
  std::size_t length = most_;
  // At most three steps: a character has four bytes.
  while (length > most_ - 3 && (static_cast<unsigned char>(part[length]) & 0xC0) == 0x80) --length;
  return length;
}

bool ExactLines::fill() {
  if (finished_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  finished_ = !source_.append_to(buffer_);
  return !finished_;
}

}  // namespace heed
