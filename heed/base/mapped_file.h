#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

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

  /// Copies what stands at `offset` without mapping it: around a byte that is touched the system may map far
  /// more, which all counts as this program's memory. FileError if it cannot be read, or ends before.
  void read(std::size_t offset, std::span<std::byte> bytes) const;

  /// Gives the memory back; what is touched again is read again. Everything that was written to it is lost.
  void forget() const;

 private:
  std::string path_;
  int file_ = -1;
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace heed
