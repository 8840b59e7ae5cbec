#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "heed/base/random.h"
#include "heed/decoding/sampling.h"

namespace heed {

/// Draws tokens from rows of log-probabilities, after temperature, top-k, top-p and min-p. Tokens are sorted
/// only as far down as a draw looks. Its memory serves all draws: one sampler a thread.
class TokenSampler {
 public:
  /// ConfigError for options out of range.
  explicit TokenSampler(const SamplingOptions& options);

  /// A token by one random number. ScoreError if the scores are not numbers, ConfigError if all tokens are
  /// suppressed.
  Index draw(std::span<const float> log_probabilities, Random& random);

 private:
  struct Choice {
    float log_probability;
    std::int32_t token;
  };

  static bool less_likely(const Choice& a, const Choice& b);
  bool pull();
  bool pull(std::size_t count);
  const Choice& choice(std::size_t rank) const { return choices_[choices_.size() - 1 - rank]; }
  double scaled(const Choice& choice) const;
  double weight_of(const Choice& choice) const;
  std::optional<Index> find(double uniform, double total, double tolerance);

  double temperature_, top_p_, min_p_;
  std::size_t top_k_;              // 0: all
  std::vector<Index> suppressed_;  // largest first, each once
  // Of the present row. The likeliest, in rising order, lie at the end of the choices; before them a heap.
  std::vector<Choice> choices_;
  std::vector<double> weights_;  // of the likeliest, largest first, relative to the largest
  double largest_ = 0;           // log-probability over temperature
};

/// Log-probabilities of one row as a repetition penalty on the `seen` tokens makes them, up to a constant.
/// DataError for a token that the vocabulary does not hold.
void penalize_repetition(std::span<float> log_probabilities, std::span<const float> logits,
                         const std::unordered_set<Index>& seen, double penalty);

}  // namespace heed
