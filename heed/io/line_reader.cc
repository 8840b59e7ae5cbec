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
  std::size_t end;
  while ((end = buffer_.find('\n', std::max(at_, seen_))) == std::string::npos) {
    seen_ = buffer_.size();
    require<DataError>(seen_ - at_ <= longest_line, name(), ":", line_ + 1,
                       ": a line of more than 64 MiB; is this a text file?");
    if (!fill()) break;
  }
  if (end == std::string::npos) {
    if (at_ == buffer_.size()) return std::nullopt;
    end = buffer_.size();  // the last line, without an end
  }
  std::string line = buffer_.substr(at_, end - at_);
  at_ = std::min(end + 1, buffer_.size());
  if (line.ends_with('\r')) line.pop_back();
  ++line_;
  return line;
}

bool LineReader::ready(std::chrono::milliseconds patience) {
  for (;;) {
    if (finished_ || buffer_.find('\n', std::max(at_, seen_)) != std::string::npos) return true;
    seen_ = buffer_.size();
    if (!source_->ready(patience)) return false;
    fill();
  }
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

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  LineReader reader(path);
  std::vector<std::string> lines;
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  return lines;
}

}  // namespace heed
