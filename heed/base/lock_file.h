#pragma once
#include <filesystem>

namespace heed {

/// A file that says which program holds its folder, for file systems without locks. A program that was killed
/// leaves it behind; that is seen on the same machine, and elsewhere a person has to say it.
class LockFile {
 public:
  /// Makes the file. FileError if it is there already and its program may still be at work, or if it cannot
  /// be made.
  explicit LockFile(std::filesystem::path path);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  std::filesystem::path path_;
};

}  // namespace heed
