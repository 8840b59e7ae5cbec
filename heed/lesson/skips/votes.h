#pragma once
#include <optional>
#include <span>
#include <vector>

#include "heed/lesson/skips/pair_mask.h"

namespace heed {

/// What one pair says of the next word.
struct PairVote {
  WordPair pair;
  bool masked = false;
  std::vector<Successor> for_words;  // shares of its one vote; none if the pair was never seen
};

/// What all pairs of a sentence say together.
struct Votes {
  std::vector<PairVote> pairs;   // in the order of the earlier words
  std::vector<Successor> tally;  // votes for each word that any pair votes for, masked pairs' at 0; by id

  double total() const { return total_weight(tally); }
  /// A word's share of the votes; 0 where there are none.
  double share(WordId word) const;
};

/// Every pair of an earlier word and the last one votes for the next, one vote each, split as its successors
/// were seen. A mask, if there is one, hides pairs.
Votes vote(const SkipTable& table, std::span<const WordId> words, const PairMask* mask = nullptr);

/// How probable each next word is: its share of the votes, and where nobody votes what the last word alone
/// says. Empty where that was never seen either. By id.
std::vector<Successor> predict_next(const SkipTable& table, std::span<const WordId> words,
                                    const PairMask* mask = nullptr);

}  // namespace heed
