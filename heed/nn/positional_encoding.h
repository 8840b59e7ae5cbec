#pragma once
#include <cmath>

#include "heed/base/fields.h"
#include "heed/nn/parameters.h"

namespace heed {

/// How a model is told the order of its tokens (section 3.5). Rotary: attention turns queries and keys (Su et
/// al., 2021), and nothing is added to the tokens' vectors.
enum class PositionKind { sinusoidal, learned, none, rotary };
template <>
struct EnumNames<PositionKind> {
  static constexpr std::array names{
      std::pair{"sinusoidal", PositionKind::sinusoidal}, std::pair{"learned", PositionKind::learned},
      std::pair{"none", PositionKind::none}, std::pair{"rotary", PositionKind::rotary}};
};

/// PE(pos, 2i) = sin(pos / 10000^(2i / width)), PE(pos, 2i + 1) = cos of the same. A host tensor [positions,
/// width].
Tensor sinusoidal_encoding(Index positions, Index width);

/// A vector for each position, to be added to the token's. Absent if the kind is none or rotary.
class PositionalEncoding {
 public:
  PositionalEncoding(const ParameterScope& scope, PositionKind kind, Index positions, Index width)
      : PositionalEncoding(scope, kind, {positions, width},
                           normal(1 / std::sqrt(static_cast<float>(width)))) {}
  /// With a learned table [positions, width] that starts otherwise.
  PositionalEncoding(const ParameterScope& scope, PositionKind kind, const Shape& table,
                     const Initializer& start);

  const Variable& table() const { return table_; }
  /// Positions that the table holds.
  Index limit() const { return limit_; }

 private:
  Variable table_;
  Index limit_;
};

}  // namespace heed
