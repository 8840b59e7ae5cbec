#include "heed/nn/initializer.h"

#include <cmath>

namespace heed {

void Initializer::fill(const Tensor& tensor, Random random) const {
  float* data = tensor.data();
  for (Index i = 0; i < tensor.count(); ++i) {
    switch (kind) {
      case Kind::constant:
        data[i] = value;
        break;
      case Kind::uniform:
        data[i] = value * (2 * random.uniform() - 1);
        break;
      case Kind::normal:
        data[i] = value * random.normal();
        break;
    }
  }
}

Initializer glorot(Index outputs, Index inputs, float gain) {
  return {Initializer::Kind::uniform, gain * std::sqrt(6.0f / static_cast<float>(outputs + inputs))};
}

}  // namespace heed
