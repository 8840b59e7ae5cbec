#include "heed/nn/positional_encoding.h"

#include <cmath>
#include <limits>

namespace heed {

Tensor sinusoidal_encoding(Index positions, Index width) {
  Tensor table({positions, width});
  for (Index position = 0; position < positions; ++position)
    for (Index c = 0; c < width; ++c) {
      const double rate = std::pow(10000.0, -static_cast<double>(c - c % 2) / static_cast<double>(width));
      const double angle = static_cast<double>(position) * rate;
      table.data()[position * width + c] = static_cast<float>(c % 2 == 0 ? std::sin(angle) : std::cos(angle));
    }
  return table;
}

PositionalEncoding::PositionalEncoding(const ParameterScope& scope, PositionKind kind, Index positions,
                                       Index width)
    : limit_(positions) {
  switch (kind) {
    case PositionKind::sinusoidal:
      table_ = Variable(sinusoidal_encoding(positions, width), nullptr);
      break;
    case PositionKind::learned:
      table_ =
          scope.parameter("weight", {positions, width}, normal(1 / std::sqrt(static_cast<float>(width))));
      break;
    case PositionKind::none:
      limit_ = std::numeric_limits<Index>::max();
      break;
  }
}

}  // namespace heed
