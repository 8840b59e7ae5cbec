#pragma once
#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace heed {

/// The checksum of gzip and zip (ISO 3309) of some bytes; going on from that of those before them.
inline std::uint32_t crc32(std::span<const std::byte> bytes, std::uint32_t before = 0) {
  // zlib begins anew where it is given no address, which an empty vector has.
  if (bytes.empty()) return before;
  return static_cast<std::uint32_t>(
      ::crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}
inline std::uint32_t crc32(std::string_view text) { return crc32(std::as_bytes(std::span(text))); }

}  // namespace heed
