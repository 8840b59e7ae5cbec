#pragma once
#include <vector>

#include "heed/base/error.h"
#include "heed/base/index.h"

namespace heed {

/// A model whose scores are not numbers: nothing can be searched for with it.
class ScoreError : public Error {
 public:
  using Error::Error;
};

/// A finished translation. Log-probabilities are in nats.
struct Hypothesis {
  std::vector<Index> tokens;                 // without the marks of begin and end
  double score = 0;                          // what the search ranked by
  double log_probability = 0;                // of all tokens, EOS too
  std::vector<float> token_log_probability;  // of each token, EOS last (none if cut off)
  bool complete = true;                      // false: cut off at the length limit
};

}  // namespace heed
