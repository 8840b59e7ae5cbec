#include "heed/io/compression.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace heed {
namespace {

using namespace std::string_view_literals;

/// Whether the bytes start with one of so many marks, which differ in their first byte.
bool starts_with_one_of(FileBytes& file, unsigned char first, unsigned char last, std::string_view rest) {
  for (unsigned byte = first; byte <= last; ++byte)
    if (file.starts_with(static_cast<char>(byte) + std::string(rest))) return true;
  return false;
}

/// "BZh", the size of blocks, and the mark of a block or that of the end; cut short where the file is.
bool starts_with_bzip2(FileBytes& file) {
  constexpr std::string_view block = "\x31\x41\x59\x26\x53\x59", end = "\x17\x72\x45\x38\x50\x90";
  if (!file.starts_with("BZh")) return false;
  for (char size = '1'; size <= '9'; ++size)
    for (const std::string_view mark : {block, end}) {
      const std::string whole = std::string("BZh") + size + std::string(mark);
      if (file.starts_with(whole) ||
          (file.bytes().size() > 4 && std::string_view(whole).starts_with(file.bytes())))
        return true;
    }
  return false;
}

}  // namespace

Compression compression_of(FileBytes& file) {
  if (file.starts_with("\x1F\x8B"sv)) return Compression::gzip;
  // A frame, one of an early version, or one to be skipped, such as pzstd writes before each of its frames.
  if (file.starts_with("\x28\xB5\x2F\xFD"sv) || starts_with_one_of(file, 0x22, 0x27, "\xB5\x2F\xFD"sv) ||
      starts_with_one_of(file, 0x50, 0x5F, "\x2A\x4D\x18"sv))
    return Compression::zstd;
  if (file.starts_with("\xFD\x37zXZ\0"sv)) return Compression::xz;
  return starts_with_bzip2(file) ? Compression::bzip2 : Compression::none;
}

std::filesystem::path uncompressed_name(const std::filesystem::path& path) {
  constexpr std::array extensions{".gz"sv, ".zst"sv, ".xz"sv, ".bz2"sv};
  const std::filesystem::path name = path.filename();
  return std::ranges::find(extensions, name.extension().string()) == extensions.end() ? name : name.stem();
}

}  // namespace heed
