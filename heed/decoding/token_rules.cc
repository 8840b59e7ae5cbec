#include "heed/decoding/token_rules.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "heed/base/error.h"
#include "heed/decoding/impossible.h"

namespace heed {
namespace {

void forbid(std::span<float> log_probabilities, Index token) {
  if (token >= 0 && token < std::ssize(log_probabilities))
    log_probabilities[static_cast<std::size_t>(token)] = impossible;
}

}  // namespace

void check(const TokenRules& rules, std::string_view search) {
  require<ConfigError>(rules.repetition_penalty > 0 && std::isfinite(rules.repetition_penalty), search,
                       ": a repetition penalty of ", rules.repetition_penalty, "; it must be above 0");
  require<ConfigError>(rules.no_repeat_ngrams >= 0, search, ": no repeated ", rules.no_repeat_ngrams,
                       "-grams; it must be at least 1, or 0 to allow them");
  require<ConfigError>(rules.minimum_length >= 0, search, ": a minimum length of ", rules.minimum_length,
                       "; it must not be negative");
}

void penalize_repetition(std::span<float> log_probabilities, std::span<const float> logits,
                         const std::unordered_set<Index>& seen, double penalty) {
  for (const Index token : seen) {
    require<DataError>(token >= 0 && token < std::ssize(logits), "repetition penalty: token ", token,
                       " lies outside of the ", logits.size(), " that are known");
    const auto at = static_cast<std::size_t>(token);
    const double logit = static_cast<double>(logits[at]);
    if (!std::isfinite(logit)) continue;
    const double penalized = logit > 0 ? logit / penalty : logit * penalty;
    log_probabilities[at] += static_cast<float>(penalized - logit);
  }
}

void forbid_repeated_ngrams(std::span<float> log_probabilities, std::span<const Index> tokens, Index n) {
  if (n <= 0 || std::ssize(tokens) < n) return;
  const auto context = tokens.last(static_cast<std::size_t>(n - 1));
  for (std::size_t i = 0; i + static_cast<std::size_t>(n) <= tokens.size(); ++i)
    if (std::ranges::equal(tokens.subspan(i, context.size()), context))
      forbid(log_probabilities, tokens[i + context.size()]);
}

void forbid_ends(std::span<float> log_probabilities, const SearchTokens& tokens) {
  forbid(log_probabilities, tokens.eos);
  for (const Index stop : tokens.stop) forbid(log_probabilities, stop);
}

}  // namespace heed
