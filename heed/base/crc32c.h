#pragma once
#include <cstdint>
#include <string_view>

namespace heed {

/// The Castagnoli checksum (RFC 3720, appendix B.4) of some bytes.
std::uint32_t crc32c(std::string_view bytes);

}  // namespace heed
