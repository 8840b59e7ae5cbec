#include "heed/nn/positional_encoding.h"

#include <cmath>
#include <limits>

namespace heed {

Tensor sinusoidal_encoding(Index positions, Index width) {
  Tensor table({positions, width});
  // Column by column: the power, the sine and the cosine are dear where a model has to start at once.
  for (Index c = 0; c < width; c += 2) {
    const double rate = std::pow(10000.0, -static_cast<double>(c) / static_cast<double>(width));
    for (Index position = 0; position < positions; ++position) {
      const double angle = static_cast<double>(position) * rate;
      float* row = table.data() + position * width;
      row[c] = static_cast<float>(std::sin(angle));
      if (c + 1 < width) row[c + 1] = static_cast<float>(std::cos(angle));
    }
  }
  return table;
}

PositionalEncoding::PositionalEncoding(const ParameterScope& scope, PositionKind kind, const Shape& table,
                                       const Initializer& start)
    : limit_(table[0]) {
  switch (kind) {
    case PositionKind::sinusoidal:
      table_ = scope.constant(sinusoidal_encoding(table[0], table[1]));
      break;
    case PositionKind::learned:
      table_ = scope.parameter("weight", table, start);
      break;
    case PositionKind::none:
      limit_ = std::numeric_limits<Index>::max();
      break;
    case PositionKind::rotary:
      break;
  }
}

}  // namespace heed
