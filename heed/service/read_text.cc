#include "heed/service/read_text.h"

#include <cmath>
#include <numbers>

namespace heed {

double ScoredText::perplexity() const { return std::exp(loss()); }

double ScoredText::bits_per_byte() const {
  return -log_probability / std::numbers::ln2 / static_cast<double>(bytes);
}

}  // namespace heed
