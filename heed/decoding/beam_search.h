#pragma once
#include <span>
#include <vector>

#include "heed/decoding/hypothesis.h"
#include "heed/decoding/next_token_model.h"
#include "heed/decoding/prompts.h"
#include "heed/decoding/search_constraints.h"
#include "heed/decoding/search_tokens.h"
#include "heed/decoding/token_rules.h"
#include "heed/text/token_texts.h"

namespace heed {

struct BeamOptions {
  Index beam = 5;  // 1: greedy
  double length_penalty =
      0.6;           // alpha of Wu et al. (2016), eq. 14: scores are divided by ((5 + length) / 6)^alpha
  Index n_best = 1;  // hypotheses returned for each sequence, at most `beam`
  SearchTokens tokens = {};
  TokenRules rules = {};
  /// What each sequence must and must not hold; empty: nothing is asked of any.
  std::span<const SearchConstraints> constraints = {};
  const TokenTexts* texts = nullptr;  // of the vocabulary: constraints need them, except for a prefix

  bool steered() const { return rules.any() || !constraints.empty(); }
};

/// The best continuations of each prompt, best first, at most maximum_lengths[sequence] tokens long; the
/// prompt counts neither for that nor for the length penalty. A sequence stops when it has `beam` finished
/// hypotheses and none that goes on scores better than the worst of them; its hypotheses then leave the
/// batch. Nothing can be streamed, as which hypothesis wins is known at the end only, so stop texts are the
/// caller's to cut at: to write greedily token by token, `sample` with a top_k of 1. With rules or
/// constraints it is steered_beam_search. Errors as length_limits, ConfigError for options that make no
/// sense, ScoreError for a model whose scores are not numbers.
std::vector<std::vector<Hypothesis>> beam_search(NextTokenModel& model, const Prompts& prompts,
                                                 std::span<const Index> maximum_lengths,
                                                 const BeamOptions& options);

/// ((5 + length) / 6)^alpha
double length_penalty(Index length, double alpha);

}  // namespace heed
