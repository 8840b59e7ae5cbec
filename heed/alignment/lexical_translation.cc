#include "heed/alignment/lexical_translation.h"

#include <span>

namespace heed {
namespace {

constexpr Index empty_word = -1;

std::uint64_t key(Index source, Index target) {
  return static_cast<std::uint64_t>(source + 1) << 32 | static_cast<std::uint64_t>(target);
}

std::span<const Index> without_eos(const std::vector<Index>& tokens) {
  return std::span(tokens).first(tokens.empty() ? 0 : tokens.size() - 1);
}

/// Calls with the empty word and each source token in turn.
template <class Visit>
void for_each_source(const TokenPair& pair, const Visit& visit) {
  visit(empty_word);
  for (const Index source : without_eos(pair.source)) visit(source);
}

}  // namespace

LexicalTranslation::LexicalTranslation(const std::vector<TokenPair>& pairs, int iterations) {
  for (const TokenPair& pair : pairs)
    for (const Index target : without_eos(pair.target))
      for_each_source(pair, [&](Index source) { table_[key(source, target)] = 1; });
  for (int iteration = 0; iteration < iterations; ++iteration) {
    std::unordered_map<std::uint64_t, double> counts;
    std::unordered_map<Index, double> totals;
    for (const TokenPair& pair : pairs)
      for (const Index target : without_eos(pair.target)) {
        double sum = 0;
        for_each_source(pair, [&](Index source) { sum += translation(source, target); });
        for_each_source(pair, [&](Index source) {
          const double share = translation(source, target) / sum;
          counts[key(source, target)] += share;
          totals[source] += share;
        });
      }
    for (auto& [both, probability] : table_)
      probability = counts[both] / totals[static_cast<Index>(both >> 32) - 1];
  }
}

double LexicalTranslation::translation(Index source, Index target) const {
  const auto found = table_.find(key(source, target));
  return found == table_.end() ? 0 : found->second;
}

double LexicalTranslation::posterior(const TokenPair& pair, Index j, Index i) const {
  const Index target = pair.target[static_cast<std::size_t>(j)];
  double sum = 0;
  for_each_source(pair, [&](Index source) { sum += translation(source, target); });
  return sum > 0 ? translation(pair.source[static_cast<std::size_t>(i)], target) / sum : 0;
}

}  // namespace heed
