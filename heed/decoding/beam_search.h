#pragma once
#include <span>
#include <vector>

#include "heed/decoding/hypothesis.h"
#include "heed/decoding/next_token_model.h"

namespace heed {

/// BOS and EOS, and tokens that are suppressed: never written.
struct SearchTokens {
  Index bos = 1, eos = 2;
  std::vector<Index> suppressed = {};
};

struct BeamOptions {
  Index beam = 5;  // 1: greedy
  double length_penalty =
      0.6;           // alpha of Wu et al. (2016), eq. 14: scores are divided by ((5 + length) / 6)^alpha
  Index n_best = 1;  // hypotheses returned for each sentence, at most `beam`
  SearchTokens tokens = {};
};

/// The best hypotheses of each sentence, best first, at most maximum_lengths[sentence] tokens long. A
/// sentence stops when it has `beam` finished hypotheses and none that goes on scores better than the worst
/// of them; its hypotheses then leave the batch.
std::vector<std::vector<Hypothesis>> beam_search(NextTokenModel& model,
                                                 std::span<const Index> maximum_lengths,
                                                 const BeamOptions& options);

/// ((5 + length) / 6)^alpha
double length_penalty(Index length, double alpha);

}  // namespace heed
