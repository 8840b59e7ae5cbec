#pragma once
#include <filesystem>

namespace heed {

/// Keeps a folder for one program: while one lives, no other can be made for the same folder. It ends with
/// the program, however that ends.
class FolderLock {
 public:
  /// FileError if another program holds the folder, or it cannot be opened. Where a file system knows no
  /// locks, it is taken for free.
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int folder_;
};

}  // namespace heed
