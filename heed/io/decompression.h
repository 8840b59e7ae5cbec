#pragma once
#include <cstddef>
#include <memory>
#include <string>

#include "heed/io/file_bytes.h"

namespace heed {

/// Bytes that are made room for at a time.
inline constexpr std::size_t decompression_chunk = 1 << 16;

/// One way to get at the bytes of a file.
class Decompression {
 public:
  virtual ~Decompression() = default;
  /// Appends some bytes; false when there are none left. DataError if the file is cut short or damaged.
  virtual bool append_to(std::string& text, FileBytes& file) = 0;
};

/// The way that the beginning of the file asks for: gzip, zstd, xz, bzip2, or as it is.
std::unique_ptr<Decompression> decompression_of(FileBytes& file);

}  // namespace heed
