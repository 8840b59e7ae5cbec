#include "heed/data/corpus_options.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "heed/base/random.h"

namespace heed {

ParallelCorpus hold_out(ParallelCorpus& corpus, Index count, std::uint64_t seed) {
  const Index size = static_cast<Index>(corpus.pairs.size());
  count = std::min(count, std::max<Index>(size / 10, 1));
  // Each distinct source draws once whether it is held out.
  constexpr std::uint64_t stream = 0x686F6C64;
  Random random(seed, stream);
  const double share = size > 0 ? static_cast<double>(count) / static_cast<double>(size) : 0;
  std::unordered_map<std::string, bool> held;
  ParallelCorpus out;
  std::vector<TextPair> kept;
  for (TextPair& pair : corpus.pairs) {
    const auto [entry, fresh] = held.try_emplace(pair.source, false);
    if (fresh) entry->second = static_cast<double>(random.uniform()) < share;
    (entry->second ? out.pairs : kept).push_back(std::move(pair));
  }
  // A corpus of a few pairs may draw all or nothing.
  if (kept.empty() && !out.pairs.empty()) {
    const std::string source = out.pairs.front().source;
    const auto back = std::stable_partition(out.pairs.begin(), out.pairs.end(),
                                            [&](const TextPair& pair) { return pair.source != source; });
    kept.assign(std::make_move_iterator(back), std::make_move_iterator(out.pairs.end()));
    out.pairs.erase(back, out.pairs.end());
  }
  if (out.pairs.empty() && kept.size() > 1) {
    out.pairs.push_back(std::move(kept.back()));
    kept.pop_back();
  }
  corpus.pairs = std::move(kept);
  corpus.report.kept = static_cast<Index>(corpus.pairs.size());
  corpus.report.read -= static_cast<Index>(out.pairs.size());
  out.report.read = out.report.kept = static_cast<Index>(out.pairs.size());
  return out;
}

}  // namespace heed
