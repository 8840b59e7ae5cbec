#include "heed/base/folder_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "heed/base/error.h"

namespace heed {

FolderLock::FolderLock(const std::filesystem::path& folder, int (*lock)(int, int))
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  require<FileError>(folder_ >= 0, folder.string(), ": cannot be opened: ", std::strerror(errno));
  if (lock(folder_, LOCK_EX | LOCK_NB) == 0) return;
  try {
    require<FileError>(errno != EWOULDBLOCK, folder.string(),
                       ": another program is at work in this folder; wait for its end");
    file_ = std::make_unique<LockFile>(folder / "lock");
  } catch (...) {
    ::close(folder_);
    throw;
  }
}

FolderLock::~FolderLock() { ::close(folder_); }

}  // namespace heed
