#pragma once
#include <unordered_map>
#include <vector>

#include "heed/alignment/source_attention.h"

namespace heed {

/// IBM Model 1 (Brown et al., 1993, section 4.1): the probability that a source token translates into a
/// target token, learned from pairs by expectation maximization, with an empty word that any target token may
/// come from.
class LexicalTranslation {
 public:
  /// EOS is left out on both sides.
  explicit LexicalTranslation(const std::vector<TokenPair>& pairs, int iterations = 10);

  /// The probability that target token `j` of a pair comes from its source token `i`, given the whole source.
  double posterior(const TokenPair& pair, Index j, Index i) const;

 private:
  double translation(Index source, Index target) const;

  std::unordered_map<std::uint64_t, double> table_;  // p(target | source), by both
};

}  // namespace heed
