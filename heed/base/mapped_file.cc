#include "heed/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "heed/base/error.h"

namespace heed {

MappedFile::MappedFile(const std::filesystem::path& path) : path_(path.string()) {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  require<FileError>(file_ >= 0, path_, ": cannot be opened: ", std::strerror(errno));
  struct stat about {};
  const bool regular = ::fstat(file_, &about) == 0 && S_ISREG(about.st_mode);
  if (regular && about.st_size > 0) {
    bytes_ = static_cast<std::size_t>(about.st_size);
    void* memory = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, file_, 0);
    data_ = memory == MAP_FAILED ? nullptr : static_cast<std::byte*>(memory);
  }
  const int error = errno;
  if (regular && (data_ || bytes_ == 0)) return;
  ::close(file_);
  require<FileError>(regular, path_, ": is not a regular file");
  throw FileError(message(path_, ": cannot be mapped: ", std::strerror(error)));
}

void MappedFile::read(std::size_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = ::pread(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    require<FileError>(got >= 0, path_, ": cannot be read: ", std::strerror(errno));
    require<FileError>(got > 0, path_, ": ends before byte ", offset + bytes.size(),
                       "; was it changed while it was in use?");
    offset += static_cast<std::size_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

void MappedFile::forget() const {
  if (data_) ::madvise(data_, bytes_, MADV_DONTNEED);
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(data_, bytes_);
  ::close(file_);
}

}  // namespace heed
