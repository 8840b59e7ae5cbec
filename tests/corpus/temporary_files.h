#pragma once
#include <bzlib.h>
#include <gtest/gtest.h>
#include <lzma.h>
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

/// The content as xz.
inline std::string xz(std::string_view content) {
  std::string out(::lzma_stream_buffer_bound(content.size()), '\0');
  std::size_t size = 0;
  EXPECT_EQ(::lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nullptr,
                                      reinterpret_cast<const std::uint8_t*>(content.data()), content.size(),
                                      reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()),
            LZMA_OK);
  out.resize(size);
  return out;
}

/// The content as bzip2.
inline std::string bzip2(std::string_view content) {
  auto size = static_cast<unsigned>(content.size() + content.size() / 100 + 600);
  std::string out(size, '\0');
  EXPECT_EQ(::BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(content.data()),
                                       static_cast<unsigned>(content.size()), 9, 0, 0),
            BZ_OK);
  out.resize(size);
  return out;
}

/// A frame that zstd's readers skip, as pzstd writes it.
inline std::string skippable_frame(std::string_view content, unsigned char kind = 0) {
  std::string frame{static_cast<char>(0x50 + kind), '\x2A', '\x4D', '\x18'};
  for (int i = 0; i < 4; ++i) frame += static_cast<char>(content.size() >> (8 * i));
  return frame.append(content);
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

}  // namespace heed
