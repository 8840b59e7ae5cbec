#pragma once
#include <filesystem>

#include "heed/io/file_bytes.h"

namespace heed {

/// How a file may be compressed.
enum class Compression { none, gzip, zstd, xz, bzip2 };

/// How a file is compressed, by all that may stand at its beginning.
Compression compression_of(FileBytes& file);

/// A file's name without what says how it is compressed: corpus.en of folder/corpus.en.gz.
std::filesystem::path uncompressed_name(const std::filesystem::path& path);

}  // namespace heed
