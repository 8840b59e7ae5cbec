#pragma once
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "heed/base/files.h"

namespace heed {

/// A test with a folder of its own, gone when it ends.
class WithFiles : public testing::Test {
 protected:
  WithFiles() { std::filesystem::create_directories(folder_); }
  ~WithFiles() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name, std::string_view content) const {
    write_file(folder_ / name, content);
    return folder_ / name;
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("heed_data_" + std::to_string(::getpid()));
};

/// The content as gzip.
inline std::string gzip(std::string_view content) {
  z_stream stream{};
  EXPECT_EQ(::deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(::deflateBound(&stream, content.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

/// The content as zstd.
inline std::string zstd(std::string_view content) {
  std::string out(::ZSTD_compressBound(content.size()), '\0');
  const std::size_t size = ::ZSTD_compress(out.data(), out.size(), content.data(), content.size(), 3);
  EXPECT_FALSE(::ZSTD_isError(size));
  out.resize(size);
  return out;
}

/// ASCII text as UTF-16, with its byte order mark.
inline std::string utf16(std::string_view text, bool big_endian = false) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) {
    if (big_endian) out += '\0';
    out += c;
    if (!big_endian) out += '\0';
  }
  return out;
}

/// The corpora that lie beside the repository where they do.
inline std::filesystem::path shared_data() {
  return std::filesystem::path(HEED_SOURCE_DIR) / "../shared/data";
}

}  // namespace heed
