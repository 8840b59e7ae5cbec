#pragma once
#include <span>
#include <string_view>
#include <unordered_set>

#include "heed/decoding/search_tokens.h"

namespace heed {

/// What was written already decides about what may come next: the same for beam search and for sampling.
struct TokenRules {
  /// Logits of tokens that the prompt or the output holds are divided by it if positive, multiplied if
  /// negative (Keskar et al., 2019, "CTRL", section 4.1; negative ones as Hugging Face does). 1: as they are.
  double repetition_penalty = 1;
  /// No so many tokens in a row are written a second time (Paulus et al., 2018, "A Deep Reinforced Model for
  /// Abstractive Summarization", section 2.5). 0: they may be.
  Index no_repeat_ngrams = 0;
  Index minimum_length = 0;  // tokens before EOS or a stop token

  bool any() const { return repetition_penalty != 1 || no_repeat_ngrams > 0 || minimum_length > 0; }
};

/// ConfigError, with the name of the `search`, for rules out of range.
void check(const TokenRules& rules, std::string_view search);

/// Log-probabilities of one row as a repetition penalty on the `seen` tokens makes them, up to a constant.
/// DataError for a token that the vocabulary does not hold.
void penalize_repetition(std::span<float> log_probabilities, std::span<const float> logits,
                         const std::unordered_set<Index>& seen, double penalty);

/// Makes impossible (minus infinity) what would be the n-th token of a row of n that `tokens` hold already.
void forbid_repeated_ngrams(std::span<float> log_probabilities, std::span<const Index> tokens, Index n);

/// Makes impossible what would end a sequence.
void forbid_ends(std::span<float> log_probabilities, const SearchTokens& tokens);

}  // namespace heed
