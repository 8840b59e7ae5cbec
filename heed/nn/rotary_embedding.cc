#include "heed/nn/rotary_embedding.h"

#include <cmath>

#include "heed/base/error.h"

namespace heed {

Rotary rotary_embedding(const RotaryOptions& options, Index heads, Index head_width) {
  require<ConfigError>(head_width % 2 == 0, "rotary positions: heads of ", head_width,
                       " columns do not divide into pairs");
  std::vector<float> rates;
  for (Index column = 0; column < head_width; column += 2)
    rates.push_back(static_cast<float>(std::pow(
        static_cast<double>(options.base), -static_cast<double>(column) / static_cast<double>(head_width))));
  return {heads, std::make_shared<const std::vector<float>>(std::move(rates)), options.pairing};
}

}  // namespace heed
