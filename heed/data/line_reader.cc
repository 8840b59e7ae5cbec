#include "heed/data/line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "heed/base/error.h"

namespace heed {
namespace {

constexpr std::size_t chunk = 1 << 16;

}  // namespace

/// The bytes of a file, inflated where they are gzip.
class LineReader::Bytes {
 public:
  Bytes(const std::filesystem::path& path, std::string name) : name_(std::move(name)) {
    file_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    require<FileError>(file_ >= 0, name_, ": cannot be opened: ", std::strerror(errno));
  }
  ~Bytes() {
    if (inflating_) ::inflateEnd(&inflater_);
    if (file_ != STDIN_FILENO) ::close(file_);
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  /// Appends some bytes; false when there are none left.
  bool append_to(std::string& text) {
    if (!started_) start();
    return inflating_ ? inflate_to(text) : copy_to(text);
  }

  /// Whether a read would answer at once, after waiting for so long.
  bool ready(std::chrono::milliseconds patience) const {
    pollfd question{.fd = file_, .events = POLLIN, .revents = 0};
    return ::poll(&question, 1, static_cast<int>(patience.count())) != 0;
  }

 private:
  /// Reads on behind what is there. False at the end of the file.
  bool read() {
    if (begin_ == end_) begin_ = end_ = 0;
    ssize_t count;
    do {
      count = ::read(file_, input_.data() + end_, input_.size() - end_);
    } while (count < 0 && errno == EINTR);
    require<FileError>(count >= 0, name_, ": cannot be read: ", std::strerror(errno));
    end_ += static_cast<std::size_t>(count);
    return count > 0;
  }

  bool starts_gzip() const {
    return end_ - begin_ >= 2 && input_[begin_] == '\x1F' && input_[begin_ + 1] == '\x8B';
  }

  void start() {
    started_ = true;
    if (read() && end_ == 1 && input_[0] == '\x1F') read();
    if (!starts_gzip()) return;
    // 16: gzip only.
    require<Error>(::inflateInit2(&inflater_, 15 + 16) == Z_OK, name_, ": no memory to inflate it");
    inflating_ = true;
  }

  bool copy_to(std::string& text) {
    if (begin_ == end_ && !read()) return false;
    text.append(input_.data() + begin_, end_ - begin_);
    begin_ = end_;
    return true;
  }

  bool inflate_to(std::string& text) {
    for (;;) {
      if (begin_ == end_ && !read()) {
        require<DataError>(!within_member_, name_, ": the gzip file ends too early; was it copied whole?");
        return false;
      }
      if (!within_member_ && !next_member()) return false;
      const std::size_t before = text.size();
      text.resize(before + chunk);
      inflater_.next_in = reinterpret_cast<Bytef*>(input_.data() + begin_);
      inflater_.avail_in = static_cast<uInt>(end_ - begin_);
      inflater_.next_out = reinterpret_cast<Bytef*>(text.data() + before);
      inflater_.avail_out = static_cast<uInt>(chunk);
      const int result = ::inflate(&inflater_, Z_NO_FLUSH);
      begin_ = end_ - inflater_.avail_in;
      text.resize(before + chunk - inflater_.avail_out);
      require<DataError>(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR, name_,
                         ": damaged gzip data", inflater_.msg ? std::string(": ") + inflater_.msg : "");
      if (result == Z_STREAM_END) within_member_ = false;
      if (text.size() > before) return true;
    }
  }

  /// Sets out on the next of several gzip files written one after the other. Zeros may fill up the end.
  bool next_member() {
    if (!first_member_)
      for (;;) {
        while (begin_ < end_ && input_[begin_] == '\0') ++begin_;
        if (begin_ < end_) break;
        if (!read()) return false;
      }
    first_member_ = false;
    if (end_ - begin_ == 1) {
      std::memmove(input_.data(), input_.data() + begin_, 1);
      begin_ = 0, end_ = 1;
      read();
    }
    require<DataError>(starts_gzip(), name_,
                       ": what follows the gzip data is no gzip; was the file copied whole?");
    ::inflateReset(&inflater_);
    within_member_ = true;
    return true;
  }

  std::string name_;
  int file_ = -1;
  bool started_ = false, inflating_ = false, within_member_ = false, first_member_ = true;
  z_stream inflater_{};
  std::array<char, chunk> input_{};
  std::size_t begin_ = 0, end_ = 0;
};

LineReader::LineReader(const std::filesystem::path& path)
    : name_(path == "-" ? "standard input" : path.string()), bytes_(std::make_unique<Bytes>(path, name_)) {}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

std::optional<std::string> LineReader::next() {
  std::size_t end;
  while ((end = buffer_.find('\n', std::max(at_, seen_))) == std::string::npos) {
    seen_ = buffer_.size();
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
    if (!bytes_->ready(patience)) return false;
    fill();
  }
}

std::string LineReader::where() const { return message(name_, ":", line_); }

bool LineReader::fill() {
  if (finished_) return false;
  buffer_.erase(0, at_);
  seen_ -= std::min(seen_, at_);
  at_ = 0;
  finished_ = !bytes_->append_to(buffer_);
  // A line that is shorter than the marks is waited for no longer: somebody may be typing.
  if (beginning_ && (finished_ || buffer_.size() >= 4 || buffer_.find('\n') != std::string::npos)) {
    beginning_ = false;
    check_beginning();
    if (buffer_.starts_with("\xEF\xBB\xBF")) buffer_.erase(0, 3);
  }
  return !finished_;
}

void LineReader::check_beginning() const {
  using namespace std::string_view_literals;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> others{
      std::pair{"\x28\xB5\x2F\xFD"sv, "compressed by zstd"sv},
      std::pair{"BZh"sv, "compressed by bzip2"sv},
      std::pair{"\xFD\x37zXZ"sv, "compressed by xz"sv},
      std::pair{"PK\x03\x04"sv, "a zip archive"sv},
      std::pair{"\xFF\xFE"sv, "encoded as UTF-16"sv},
      std::pair{"\xFE\xFF"sv, "encoded as UTF-16"sv}};
  for (const auto& [mark, what] : others)
    require<DataError>(!buffer_.starts_with(mark), name_, ": looks like it is ", what,
                       ", but plain or gzip text in UTF-8 is read; convert it first");
}

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  LineReader reader(path);
  std::vector<std::string> lines;
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  return lines;
}

}  // namespace heed
