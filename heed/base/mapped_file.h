#pragma once
#include <cstddef>
#include <cstdint>
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

  /// Whether the file still has the size and the time of its last change that it had when it was mapped: what
  /// another program writes into it shows in the memory.
  bool unchanged() const;
  const std::string& path() const { return path_; }

  /// Gives the memory back; what is touched again is read again. Everything that was written to it is lost.
  void forget() const;

 private:
  std::string path_;
  int file_ = -1;
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
  std::int64_t changed_at_ = 0;  // in nanoseconds, when it was mapped
};

/// From now on watches over mapped files: a touch of what is no longer there, since another program has cut a
/// file short, ends this one with a message instead of a bus error.
void watch_mapped_files();

/// FileError if another program has changed a file while it was mapped, since watch_mapped_files(): what was
/// made of it may be wrong.
void require_mapped_files_unchanged();

}  // namespace heed
