#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace heed {

/// What the system gives of a file or, for "-", of standard input, a chunk at a time. FileError if it cannot
/// be read.
class FileBytes {
 public:
  explicit FileBytes(const std::filesystem::path& path);
  ~FileBytes();
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  /// Whether a read would answer at once, after waiting for so long.
  bool ready(std::chrono::milliseconds patience) const;
  /// Reads on behind the bytes that were not taken. False at the end of the file.
  bool read();
  /// What was read and not taken.
  std::string_view bytes() const { return {input_.data() + begin_, end_ - begin_}; }
  void take(std::size_t count) { begin_ += count; }
  /// Whether the bytes start with a mark; reads on only while that is open.
  bool starts_with(std::string_view mark);

  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int file_ = -1;
  std::array<char, 1 << 16> input_{};
  std::size_t begin_ = 0, end_ = 0;
};

}  // namespace heed
