#include "heed/api/attention_bytes.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "heed/base/little_endian.h"

namespace heed::api {

std::string attention_bytes(const Tensor& weights) {
  const Index heads = weights.size(0), queries = weights.size(1), keys = weights.size(2);
  std::string bytes = "HATT";
  bytes.reserve(static_cast<std::size_t>(20 + heads * queries * (4 + keys)));
  for (const Index number : {Index{1}, heads, queries, keys})
    bytes += little_endian(static_cast<std::uint32_t>(number));
  std::string shares;
  shares.reserve(static_cast<std::size_t>(heads * queries * keys));
  for (Index row = 0; row < heads * queries; ++row) {
    const float* first = weights.data() + row * keys;
    const float largest = keys > 0 ? *std::max_element(first, first + keys) : 0;
    bytes += little_endian(std::bit_cast<std::uint32_t>(largest));
    for (Index key = 0; key < keys; ++key)
      shares += static_cast<char>(
          largest > 0 ? static_cast<unsigned char>(std::lround(255 * first[key] / largest)) : 0);
  }
  return bytes + shares;
}

}  // namespace heed::api
