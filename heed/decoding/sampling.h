#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/decoding/beam_search.h"

namespace heed {

struct SamplingOptions {
  double temperature = 1;  // logits are divided by it; below 1: bolder
  Index top_k = 0;         // only the k likeliest tokens; 0: all
  double top_p = 1;  // only the likeliest tokens that together reach this probability (Holtzman et al., 2020)
  Index samples = 1;  // drawn for each sentence
  std::uint64_t seed = 1;
  SearchTokens tokens = {};
};

/// Random translations of each sentence. Draws depend on the seed, the sentence's name and the step alone, so
/// its neighbors in the batch make no difference. `names` has a number for each sentence (its line, say).
std::vector<std::vector<Hypothesis>> sample(NextTokenModel& model, std::span<const Index> maximum_lengths,
                                            std::span<const std::uint64_t> names,
                                            const SamplingOptions& options);

}  // namespace heed
