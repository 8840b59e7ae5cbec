#include <cmath>

#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

void ReferenceBackend::rotate(const Tensor& x, std::span<const Index> positions, const Rotary& rotary,
                              Direction direction) {
  const auto& rates = *rotary.rates;
  const bool halves = rotary.pairing == RotaryPairing::half_split;
  const auto pairs = std::ssize(rates);
  const Index head_width = x.size(1) / rotary.heads;
  for (Index r = 0; r < x.rows(); ++r) {
    const Index at = positions[static_cast<std::size_t>(r)];
    const auto position = static_cast<float>(direction == Direction::forward ? at : -at);
    for (Index pair = 0; pair < pairs; ++pair) {
      const float angle = position * rates[static_cast<std::size_t>(pair)];
      const float cosine = std::cos(angle), sine = std::sin(angle);
      for (Index head = 0; head < rotary.heads; ++head) {
        float* const columns = reference::row(x, r) + head * head_width;
        float& first = columns[halves ? pair : 2 * pair];
        float& second = columns[halves ? pairs + pair : 2 * pair + 1];
        const float a = first, b = second;
        first = a * cosine - b * sine;
        second = b * cosine + a * sine;
      }
    }
  }
}

}  // namespace heed
