#include "heed/decoding/next_token_model.h"

#include <algorithm>

namespace heed {

TopK NextTokenModel::top(std::span<const Index> tokens, Index k) {
  const Tensor logits = next(tokens);
  const Shape shape{logits.size(0), std::min(k, logits.size(1))};
  const TopK best{Tensor(shape), Tensor(shape, DataType::int32)};
  backend().top_log_probabilities(logits, best.log_probabilities, best.tokens);
  return best;
}

}  // namespace heed
