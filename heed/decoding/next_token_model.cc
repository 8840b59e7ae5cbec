#include "heed/decoding/next_token_model.h"

#include <algorithm>

namespace heed {

TopK new_top_k(Backend& backend, Index hypotheses, Index k) {
  return {backend.empty({hypotheses, k}), backend.empty({hypotheses, k}, DataType::int32)};
}

TopK NextTokenModel::top(std::span<const Index> tokens, Index k) {
  const Tensor logits = next(tokens);
  const TopK best = new_top_k(backend(), logits.size(0), std::min(k, logits.size(1)));
  backend().top_log_probabilities(logits, best.log_probabilities, best.tokens);
  return best;
}

}  // namespace heed
