#include "heed/base/random.h"

#include <cmath>
#include <numbers>

namespace heed {

float Random::normal() {
  // Box and Muller's transform; 1 - u lies in (0, 1], so the logarithm is finite.
  const float radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi_v<float> * uniform());
}

}  // namespace heed
