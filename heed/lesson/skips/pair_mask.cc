#include "heed/lesson/skips/pair_mask.h"

#include <algorithm>
#include <cmath>

namespace heed {

double information(const SkipTable& table, const WordPair& pair) {
  const std::span<const Successor> own = table.after(pair.recent), together = table.after(pair);
  const double all_own = total_weight(own), all_together = total_weight(together);
  double bits = 0;
  auto at = own.begin();
  for (const Successor& next : together) {
    while (at->word != next.word) ++at;  // what follows the pair follows its recent word
    const double p = next.weight / all_together;
    bits += p * std::log2(p / (at->weight / all_own));
  }
  return bits;
}

std::vector<InformativePair> informative_pairs(const SkipTable& table, const MaskOptions& options) {
  std::vector<InformativePair> found;
  for (const WordPair& pair : table.pairs()) {
    const double weight = total_weight(table.after(pair));
    if (weight < options.seen) continue;
    const double bits = information(table, pair);
    if (bits >= options.bits) found.push_back({pair, bits, weight});
  }
  const Vocabulary& words = table.vocabulary();
  std::sort(found.begin(), found.end(), [&](const InformativePair& a, const InformativePair& b) {
    const double saved_by_a = a.bits * a.weight, saved_by_b = b.bits * b.weight;
    if (saved_by_a != saved_by_b) return saved_by_a > saved_by_b;
    if (a.pair.earlier != b.pair.earlier) return words.word(a.pair.earlier) < words.word(b.pair.earlier);
    return words.word(a.pair.recent) < words.word(b.pair.recent);
  });
  return found;
}

PairMask mask_of(const std::vector<InformativePair>& pairs) {
  PairMask mask;
  for (const InformativePair& informative : pairs) mask.show(informative.pair);
  return mask;
}

}  // namespace heed
