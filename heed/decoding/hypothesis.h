#pragma once
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A finished translation. Log-probabilities are in nats.
struct Hypothesis {
  std::vector<Index> tokens;                 // without the marks of begin and end
  double score = 0;                          // what the search ranked by
  double log_probability = 0;                // of all tokens, the end mark too
  std::vector<float> token_log_probability;  // of each token, the end mark last (none if cut off)
  bool complete = true;                      // false: cut off at the length limit
};

}  // namespace heed
