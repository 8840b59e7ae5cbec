#pragma once
#include <sys/file.h>

#include <filesystem>
#include <memory>

#include "heed/base/lock_file.h"

namespace heed {

/// Keeps a folder for one program: while one lives, no other can be made for the same folder. It ends with
/// the program, however that ends.
class FolderLock {
 public:
  /// FileError if another program holds the folder, or it cannot be opened. Where a file system knows no
  /// locks, the folder is held by a LockFile instead. `lock` is flock, but for tests.
  explicit FolderLock(const std::filesystem::path& folder, int (*lock)(int, int) = ::flock);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int folder_;
  std::unique_ptr<LockFile> file_;
};

}  // namespace heed
