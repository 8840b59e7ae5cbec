#include "heed/decoding/token_sampler.h"
#include "heed/decoding/impossible.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace heed {
namespace {

constexpr float least_possible = std::numeric_limits<float>::lowest();

/// The largest of many numbers: of several at once, so that none waits for the one before.
float largest_of(std::span<const float> numbers) {
  std::array<float, 16> largest;
  largest.fill(impossible);
  std::size_t i = 0;
  for (; i + largest.size() <= numbers.size(); i += largest.size())
    for (std::size_t lane = 0; lane < largest.size(); ++lane)
      largest[lane] = std::max(largest[lane], numbers[i + lane]);
  for (; i < numbers.size(); ++i) largest[0] = std::max(largest[0], numbers[i]);
  return *std::max_element(largest.begin(), largest.end());
}

}  // namespace

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
}

double TokenSampler::weight(float log_probability) const {
  return std::exp(static_cast<double>(log_probability) / temperature_ - largest_);
}

Index TokenSampler::draw(std::span<const float> log_probabilities, Random& random) {
  start(log_probabilities);
  const auto uniform = static_cast<double>(random.uniform());
  const bool needs_total = top_p_ < 1 || (top_k_ == 0 && min_p_ == 0);
  if (needs_total && top_k_ == 0) {
    // A draw is defined by the sum of weights in sorted order; that in the order of the vocabulary differs by
    // less than the tolerance. Where this could change the token, all are sorted.
    const double total = sum_of_weights();
    const double tolerance = 0x1p-50 * static_cast<double>(row_.size()) * total;
    if (const auto token = find(uniform, total, tolerance)) return *token;
  }
  if (needs_total) sort(top_k_ > 0 ? top_k_ : row_.size());
  return *find(uniform, std::accumulate(weights_.begin(), weights_.end(), 0.0), 0);
}

void TokenSampler::start(std::span<const float> log_probabilities) {
  // One score that is no number makes every probability one.
  require<ScoreError>(!std::isnan(log_probabilities[0]),
                      "sampling: the model's scores are not numbers; did its training diverge?");
  row_.assign(log_probabilities.begin(), log_probabilities.end());
  for (const Index token : suppressed_)
    if (token >= 0 && token < std::ssize(row_)) row_[static_cast<std::size_t>(token)] = impossible;
  const float largest = largest_of(row_);
  require<ConfigError>(largest > impossible, "sampling: every token of the vocabulary is suppressed");
  largest_ = static_cast<double>(largest) / temperature_;
  sorted_down_to_ = std::numeric_limits<float>::infinity();
  bands_ = 0;
  choices_.clear();
  weights_.clear();
}

/// Sorts one band of tokens more, those that are exp(-3) to 1 times as probable as the last ones; false if
/// there are no more. After some bands the rest is sorted at once.
bool TokenSampler::sort_more() {
  constexpr double width = 3;
  constexpr int most_bands = 12;
  const float high = sorted_down_to_;
  if (high == least_possible) return false;
  const double low = (largest_ - width * ++bands_) * temperature_;
  const bool rest = bands_ == most_bands || low < static_cast<double>(least_possible);
  sorted_down_to_ = rest ? least_possible : static_cast<float>(low);
  const auto sorted = std::ssize(choices_);
  for (std::size_t token = 0; token < row_.size(); ++token)
    if (row_[token] >= sorted_down_to_ && row_[token] < high)
      choices_.push_back({row_[token], static_cast<Index>(token)});
  std::sort(choices_.begin() + sorted, choices_.end(), [](const Choice& a, const Choice& b) {
    return a.log_probability != b.log_probability ? a.log_probability > b.log_probability : a.token < b.token;
  });
  return true;
}

/// Has the weights of so many of the likeliest, if there are so many.
bool TokenSampler::sort(std::size_t count) {
  while (weights_.size() < count) {
    while (weights_.size() == choices_.size())
      if (!sort_more()) return false;
    weights_.push_back(weight(choices_[weights_.size()].log_probability));
  }
  return true;
}

double TokenSampler::sum_of_weights() const {
  double sum = 0;
  for (const float log_probability : row_) sum += weight(log_probability);
  return sum;
}

/// The token that a number in [0, 1) stands for, with the weights' sum known up to a tolerance; none if that
/// is not enough to tell.
std::optional<Index> TokenSampler::find(double uniform, double total, double tolerance) {
  const auto unsure = [&](double x) { return tolerance > 0 && std::abs(x) <= tolerance; };
  double kept = total;
  if (top_k_ > 0 || top_p_ < 1 || min_p_ > 0) {
    kept = 0;
    for (std::size_t i = 0; (top_k_ == 0 || i < top_k_) && sort(i + 1); ++i) {
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
  for (std::size_t i = 0; sort(i + 1); ++i) {
    left -= weights_[i];
    if (unsure(left)) return std::nullopt;
    if (left < 0) return choices_[i].token;
  }
  return choices_.back().token;
}

}  // namespace heed
