#pragma once
#include <vector>

#include "heed/nn/token_batch.h"

namespace heed {

/// A batch of one sequence.
inline TokenBatch batch_of_one(const std::vector<Index>& tokens) {
  return TokenBatch{tokens, Segments::uniform(1, std::ssize(tokens))};
}

}  // namespace heed
