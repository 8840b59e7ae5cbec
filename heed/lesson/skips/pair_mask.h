#pragma once
#include <set>
#include <vector>

#include "heed/base/fields.h"
#include "heed/lesson/skips/skip_table.h"

namespace heed {

/// Which pairs may vote; all others are hidden.
class PairMask {
 public:
  PairMask() = default;
  explicit PairMask(const std::vector<WordPair>& shown) : shown_(shown.begin(), shown.end()) {}

  void show(const WordPair& pair) { shown_.insert(pair); }
  bool shows(const WordPair& pair) const { return shown_.contains(pair); }
  const std::set<WordPair>& pairs() const { return shown_; }

 private:
  std::set<WordPair> shown_;
};

/// A pair, and how much more it tells of the next word than its recent word does alone.
struct InformativePair {
  WordPair pair;
  double bits = 0;    // the Kullback-Leibler divergence of its prediction from that of the recent word
  double weight = 0;  // how often it was seen
};

/// sum over words w of p(w | earlier, recent) log2 (p(w | earlier, recent) / p(w | recent)): the bits that
/// the earlier word saves, on average, in telling what comes next. 0 for a pair that was never seen.
double information(const SkipTable& table, const WordPair& pair);

/// Which pairs a mask is learned to show.
struct MaskOptions {
  double bits = 0.1;  // less information than this is none
  double seen = 0;    // of pairs of less weight nothing is believed: by chance they tell much

  static constexpr auto fields() {
    using M = MaskOptions;
    return std::tuple(
        field("bits", &M::bits,
              "minimum bits of information that a pair gives about the next word beyond what its last word "
              "gives",
              {1e-9, 64}),
        field("seen", &M::seen, "minimum number of times a pair was seen; raise it for texts of any size",
              {0, 1e300}));
  }
};

/// The pairs that are worth hearing, those that save the most bits in all (bits times weight) first, and by
/// spelling where that is equal.
std::vector<InformativePair> informative_pairs(const SkipTable& table, const MaskOptions& options = {});

/// A mask that shows them.
PairMask mask_of(const std::vector<InformativePair>& pairs);

}  // namespace heed
