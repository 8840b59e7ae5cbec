#pragma once
#include <optional>
#include <span>
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
    Index token;
  };

  void start(std::span<const float> log_probabilities);
  bool sort_more();
  bool sort(std::size_t count);
  double weight(float log_probability) const;
  double sum_of_weights() const;
  std::optional<Index> find(double uniform, double total, double tolerance);

  double temperature_, top_p_, min_p_;
  std::size_t top_k_;  // 0: all
  std::vector<Index> suppressed_;
  // Of the present row.
  std::vector<float> row_;       // log-probabilities; minus infinity where suppressed
  std::vector<Choice> choices_;  // the likeliest, likeliest first
  std::vector<double> weights_;  // of some of these, relative to the first
  double largest_ = 0;           // log-probability over temperature
  int bands_ = 0;
  float sorted_down_to_ = 0;  // all tokens from this log-probability on are among the choices
};

}  // namespace heed
