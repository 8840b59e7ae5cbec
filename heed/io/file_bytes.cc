#include "heed/io/file_bytes.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "heed/base/error.h"

namespace heed {

FileBytes::FileBytes(const std::filesystem::path& path)
    : name_(path == "-" ? "standard input" : path.string()),
      file_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  require<FileError>(file_ >= 0, name_, ": cannot be opened: ", std::strerror(errno));
}

FileBytes::~FileBytes() {
  if (file_ != STDIN_FILENO) ::close(file_);
}

bool FileBytes::ready(std::chrono::milliseconds patience) const {
  pollfd question{.fd = file_, .events = POLLIN, .revents = 0};
  return ::poll(&question, 1, static_cast<int>(patience.count())) != 0;
}

bool FileBytes::read() {
  std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  ssize_t count;
  do {
    count = ::read(file_, input_.data() + end_, input_.size() - end_);
  } while (count < 0 && errno == EINTR);
  require<FileError>(count >= 0, name_, ": cannot be read: ", std::strerror(errno));
  end_ += static_cast<std::size_t>(count);
  return count > 0;
}

bool FileBytes::starts_with(std::string_view mark) {
  while (bytes().size() < mark.size() && mark.starts_with(bytes()) && read()) {
  }
  return bytes().starts_with(mark);
}

}  // namespace heed
