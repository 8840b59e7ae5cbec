#pragma once
#include <cstdint>

namespace heed {

/// Sizes, positions and token ids: signed, so that differences are safe.
using Index = std::int64_t;

}  // namespace heed
