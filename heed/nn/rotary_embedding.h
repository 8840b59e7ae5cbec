#pragma once
#include "heed/backend/backend.h"
#include "heed/base/fields.h"

namespace heed {

template <>
struct EnumNames<RotaryPairing> {
  static constexpr std::array names{std::pair{"half_split", RotaryPairing::half_split},
                                    std::pair{"interleaved", RotaryPairing::interleaved}};
};

/// How queries and keys are turned to their positions (Su et al., 2021).
struct RotaryOptions {
  float base = 10'000;  // pair i of a head turns by base^(-2i / head width) radians a position
  RotaryPairing pairing = RotaryPairing::half_split;
};

/// What ops::rotate_in_place turns so many heads by, side by side and `head_width` columns each. ConfigError
/// if that is odd: its columns have no partners.
Rotary rotary_embedding(const RotaryOptions& options, Index heads, Index head_width);

}  // namespace heed
