#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "heed/decoding/hypothesis.h"
#include "heed/decoding/next_token_model.h"
#include "heed/decoding/prompts.h"
#include "heed/decoding/search_tokens.h"
#include "heed/decoding/token_rules.h"

namespace heed {

/// A token that was just drawn.
struct DrawnToken {
  std::size_t sequence;                                      // its number in the batch
  Index sample;                                              // its number among the samples of the sequence
  Index token;                                               // EOS and stop tokens too
  float log_probability;                                     // the model's own, in nats
  std::optional<FinishReason> finish_reason = std::nullopt;  // eos, stop or length: it is the last

  /// Whether the token is part of what is written: not EOS, nor a stop token.
  bool written() const { return !finish_reason || *finish_reason == FinishReason::length; }
};

/// What an observer wants: that drawing goes on, that this sample stops after the token (FinishReason::stop),
/// or that everything which has not finished ends at once (FinishReason::cancelled).
enum class DrawingControl { go_on, stop, cancel };

/// Told every token as it is drawn, in the order of the sequences and their samples, by the thread that
/// called sample(). What it throws ends the search.
using TokenObserver = std::function<DrawingControl(const DrawnToken&)>;

/// How tokens are drawn. What changes or cuts the distribution is applied in the order of its fields, as
/// Hugging Face's `generate` does; each cut leaves the likeliest token at least.
struct SamplingOptions {
  TokenRules rules = {};
  double temperature = 1;  // logits are divided by it; below 1 sharpens the distribution
  Index top_k = 0;         // only the k likeliest tokens (Fan et al., 2018, section 5.4); 0: all
  /// Only the likeliest tokens that together reach this probability (Holtzman et al., 2020, section 3.1).
  double top_p = 1;
  /// Only tokens at least min_p times as probable as the likeliest (Nguyen et al., 2024, "Turning up the
  /// heat", section 3). 0: all.
  double min_p = 0;
  Index samples = 1;  // drawn for each sequence
  std::uint64_t seed = 1;
  SearchTokens tokens = {};
  TokenObserver observer = {};
};

/// Random continuations of each prompt, at most maximum_lengths[sequence] tokens long, best score first.
/// Draws depend on the seed, the sequence's name and the step alone, so its neighbors in the batch make no
/// difference. `names` has a number for each sequence (its line, say). Reported log-probabilities are the
/// model's own, whatever is done to the distribution. Errors as length_limits, ConfigError for options that
/// make no sense, ScoreError for a model whose scores are not numbers.
std::vector<std::vector<Hypothesis>> sample(NextTokenModel& model, const Prompts& prompts,
                                            std::span<const Index> maximum_lengths,
                                            std::span<const std::uint64_t> names,
                                            const SamplingOptions& options);

}  // namespace heed
