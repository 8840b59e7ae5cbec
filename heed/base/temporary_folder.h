#pragma once
#include <filesystem>
#include <string_view>

namespace heed {

/// A folder of its own among the system's temporary files, which goes away again with all that is in it.
class TemporaryFolder {
 public:
  /// `name` is what its own begins with. FileError if it cannot be made.
  explicit TemporaryFolder(std::string_view name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace heed
