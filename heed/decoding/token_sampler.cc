#include "heed/decoding/token_sampler.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace heed {

TokenSampler::TokenSampler(const SamplingOptions& options)
    : temperature_(options.temperature),
      top_p_(options.top_p),
      min_p_(options.min_p),
      top_k_(static_cast<std::size_t>(options.top_k)),
      suppressed_(options.tokens.suppressed) {
  require<ConfigError>(temperature_ > 0 && std::isfinite(temperature_), "sampling: a temperature of ",
                       temperature_, "; it must be above 0");
  require<ConfigError>(options.top_k >= 0, "sampling: a top_k of ", options.top_k,
                       "; it must be at least 1, or 0 for all tokens");
  require<ConfigError>(top_p_ > 0 && top_p_ <= 1, "sampling: a top_p of ", top_p_,
                       "; it must be above 0, at most 1");
  require<ConfigError>(min_p_ >= 0 && min_p_ <= 1, "sampling: a min_p of ", min_p_, "; it must be 0 to 1");
  std::ranges::sort(suppressed_, std::greater());
  suppressed_.erase(std::ranges::unique(suppressed_).begin(), suppressed_.end());
}

bool TokenSampler::less_likely(const Choice& a, const Choice& b) {
  if (a.log_probability != b.log_probability) return a.log_probability < b.log_probability;
  return a.token > b.token;
}

double TokenSampler::scaled(const Choice& choice) const {
  return static_cast<double>(choice.log_probability) / temperature_;
}

double TokenSampler::weight_of(const Choice& choice) const { return std::exp(scaled(choice) - largest_); }

/// Sorts one token more; false if all are.
bool TokenSampler::pull() {
  if (weights_.size() == choices_.size()) return false;
  const auto heap_end = choices_.end() - std::ssize(weights_);
  // A heap is cheap to make and dear to empty: who wants so many wants most.
  if (const std::size_t many = choices_.size() / 8; weights_.size() == many)
    std::sort(choices_.begin(), heap_end, less_likely);
  else if (weights_.size() < many)
    std::pop_heap(choices_.begin(), heap_end, less_likely);
  weights_.push_back(weight_of(choice(weights_.size())));
  return true;
}

/// Has at least so many sorted; false if there are fewer.
bool TokenSampler::pull(std::size_t count) {
  while (weights_.size() < count)
    if (!pull()) return false;
  return true;
}

Index TokenSampler::draw(std::span<const float> log_probabilities, Random& random) {
  // One score that is no number makes every probability one.
  require<ScoreError>(!std::isnan(log_probabilities[0]),
                      "sampling: the model's scores are not numbers; did its training diverge?");
  choices_.resize(log_probabilities.size());
  for (std::size_t token = 0; token < choices_.size(); ++token)
    choices_[token] = {log_probabilities[token], static_cast<std::int32_t>(token)};
  for (const Index token : suppressed_) {
    if (token < 0 || token >= std::ssize(log_probabilities)) continue;
    choices_[static_cast<std::size_t>(token)] = choices_.back();
    choices_.pop_back();
  }
  require<ConfigError>(!choices_.empty(), "sampling: every token of the vocabulary is suppressed");
  std::make_heap(choices_.begin(), choices_.end(), less_likely);
  largest_ = scaled(choices_.front());
  weights_.clear();

  const auto uniform = static_cast<double>(random.uniform());
  const bool needs_total = top_p_ < 1 || (top_k_ == 0 && min_p_ == 0);
  if (needs_total && top_k_ == 0) {
    // Weights added up in the order of the vocabulary: the sum differs from that in sorted order, by which a
    // draw is defined, by less than the tolerance. Where that decides, all are sorted.
    double total = 0;
    for (const Choice& choice : choices_) total += weight_of(choice);
    const double tolerance = 0x1p-50 * static_cast<double>(choices_.size()) * total;
    if (const auto token = find(uniform, total, tolerance)) return *token;
  }
  if (needs_total) pull(top_k_ > 0 ? top_k_ : choices_.size());
  return *find(uniform, std::accumulate(weights_.begin(), weights_.end(), 0.0), 0);
}

/// The token that a number in [0, 1) stands for, with the weights' sum known up to a tolerance; none if that
/// is not enough to tell.
std::optional<Index> TokenSampler::find(double uniform, double total, double tolerance) {
  const auto unsure = [&](double x) { return tolerance > 0 && std::abs(x) <= tolerance; };
  double kept = total;
  if (top_k_ > 0 || top_p_ < 1 || min_p_ > 0) {
    kept = 0;
    for (std::size_t i = 0; (top_k_ == 0 || i < top_k_) && pull(i + 1); ++i) {
      if (i > 0 && weights_[i] < min_p_) break;
      if (i > 0 && top_p_ < 1) {
        const double beyond = kept - top_p_ * total;
        if (unsure(beyond)) return std::nullopt;
        if (beyond >= 0) break;
      }
      kept += weights_[i];
    }
  }
  double left = uniform * kept;
  for (std::size_t i = 0; pull(i + 1); ++i) {
    left -= weights_[i];
    if (unsure(left)) return std::nullopt;
    if (left < 0) return choice(i).token;
  }
  return choice(weights_.size() - 1).token;
}

void penalize_repetition(std::span<float> log_probabilities, std::span<const float> logits,
                         const std::unordered_set<Index>& seen, double penalty) {
  for (const Index token : seen) {
    require<DataError>(token >= 0 && token < std::ssize(logits), "sampling: token ", token,
                       " lies outside of the ", logits.size(), " that are known");
    const auto at = static_cast<std::size_t>(token);
    const double logit = static_cast<double>(logits[at]);
    if (!std::isfinite(logit)) continue;
    const double penalized = logit > 0 ? logit / penalty : logit * penalty;
    log_probabilities[at] += static_cast<float>(penalized - logit);
  }
}

}  // namespace heed
