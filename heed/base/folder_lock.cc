#include "heed/base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "heed/base/error.h"

namespace heed {

FolderLock::FolderLock(const std::filesystem::path& folder)
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  require<FileError>(folder_ >= 0, folder.string(), ": cannot be opened: ", std::strerror(errno));
  if (::flock(folder_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  ::close(folder_);
  throw FileError(message(folder.string(), ": another program is at work in this folder; wait for its end"));
}

FolderLock::~FolderLock() { ::close(folder_); }

}  // namespace heed
