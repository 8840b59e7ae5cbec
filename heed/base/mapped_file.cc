#include "heed/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "heed/base/error.h"

namespace heed {

MappedFile::MappedFile(const std::filesystem::path& path) {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  require<FileError>(file >= 0, path.string(), ": cannot be opened: ", std::strerror(errno));
  struct stat about {};
  const bool regular = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  if (regular && about.st_size > 0) {
    bytes_ = static_cast<std::size_t>(about.st_size);
    void* memory = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, file, 0);
    data_ = memory == MAP_FAILED ? nullptr : static_cast<std::byte*>(memory);
  }
  const int error = errno;
  ::close(file);
  require<FileError>(regular, path.string(), ": is not a regular file");
  require<FileError>(data_ || bytes_ == 0, path.string(), ": cannot be mapped: ", std::strerror(error));
}

void MappedFile::forget() const {
  if (data_) ::madvise(data_, bytes_, MADV_DONTNEED);
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(data_, bytes_);
}

}  // namespace heed
