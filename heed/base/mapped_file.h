#pragma once
#include <cstddef>
#include <filesystem>

namespace heed {

/// A file as memory, read page by page when touched. Writing to it changes this process's copy only, never
/// the file.
class MappedFile {
 public:
  /// FileError if it cannot be mapped.
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::byte* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }

  /// Gives the memory back; what is touched again is read again. Everything that was written to it is lost.
  void forget() const;

 private:
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace heed
