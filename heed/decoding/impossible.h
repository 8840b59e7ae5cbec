#pragma once
#include <limits>

namespace heed {

/// The log-probability, in nats, of a token that must not come next.
inline constexpr float impossible = -std::numeric_limits<float>::infinity();

}  // namespace heed
