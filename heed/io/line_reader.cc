#include "heed/io/line_reader.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"

namespace heed {
namespace {

constexpr std::size_t longest_line = 64 << 20;  // bytes

}  // namespace

LineReader::LineReader(const std::filesystem::path& path) : source_(std::make_unique<TextSource>(path)) {}

std::optional<std::string> LineReader::next() {
  std::optional<End> end;
  while (!(end = end_in_buffer())) {
    require<DataError>(buffer_.size() - at_ <= longest_line, name(), ":", line_ + 1,
                       ": a line of more than 64 MiB; is this a text file?");
    if (fill()) continue;
    end = end_in_buffer();  // which may depend on that nothing follows
    break;
  }
  if (!end) {
    if (at_ == buffer_.size()) return std::nullopt;
    end = {buffer_.size(), buffer_.size()};  // the last line, without an end
  }
  std::string line = buffer_.substr(at_, end->at - at_);
  at_ = end->after;
  ++line_;
  while (line.ends_with('\r')) line.pop_back();
  if (line.find('\r') != line.npos) {
    std::ranges::replace(line, '\r', ' ');
    if (torn_++ == 0) first_torn_ = line_;
  }
  return line;
}

/// The end of the next line, if that has been read.
std::optional<LineReader::End> LineReader::end_in_buffer() {
  if (ends_ == LineEnds::unknown) ends_ = line_ends_of(buffer_, finished_);
  if (ends_ == LineEnds::unknown) return std::nullopt;
  const std::size_t from = std::max(at_, seen_);
  if (ends_ == LineEnds::newline) {
    const std::size_t end = buffer_.find('\n', from);
    seen_ = std::min(end, buffer_.size());
    if (end == buffer_.npos) return std::nullopt;
    return End{end, end + 1};
  }
  const std::size_t end = buffer_.find_first_of("\r\n", from);
  seen_ = std::min(end, buffer_.size());
  // A newline that follows belongs to the same end.
  if (end == buffer_.npos || (buffer_[end] == '\r' && end + 1 == buffer_.size() && !finished_))
    return std::nullopt;
  return End{end, end + (buffer_.compare(end, 2, "\r\n") == 0 ? 2 : 1)};
}

bool LineReader::ready(std::chrono::milliseconds patience) {
  for (;;) {
    if (finished_ || end_in_buffer()) return true;
    if (!source_->ready(patience)) return false;
    fill();
  }
}

std::string LineReader::note() const {
  if (ends_ == LineEnds::carriage_return)
    return name() + ": lines end with carriage returns, as on old systems";
  if (torn_ == 0) return {};
  return message(name(), ": ", torn_, torn_ == 1 ? " line has" : " lines have",
                 " carriage returns within, which are read as spaces; first line ", first_torn_);
}

std::string LineReader::where() const { return name() + ":" + std::to_string(line_); }

bool LineReader::fill() {
  if (finished_) return false;
  buffer_.erase(0, at_);
  seen_ -= std::min(seen_, at_);
  at_ = 0;
  finished_ = !source_->append_to(buffer_);
  return !finished_;
}

std::vector<std::string> read_lines(const std::filesystem::path& path,
                                    const std::function<void(const std::string&)>& note) {
  LineReader reader(path);
  std::vector<std::string> lines;
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  if (note && !reader.note().empty()) note(reader.note());
  return lines;
}

}  // namespace heed
