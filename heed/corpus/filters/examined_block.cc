#include "heed/corpus/filters/examined_block.h"

#include "heed/base/parallel.h"

namespace heed {

ExaminedBlock next_pairs(PairReader& reader) {
  // No fewer than FilterSet::beginning; long lines fill a block sooner.
  constexpr std::size_t most_pairs = 8192, least_pairs = 1000, most_bytes = 16 << 20;
  ExaminedBlock block;
  std::size_t bytes = 0;
  for (TextPair pair; block.pairs.size() < most_pairs &&
                      (bytes < most_bytes || block.pairs.size() < least_pairs) && reader.next(pair);
       pair = {}) {
    bytes += pair.source.size() + pair.target.size();
    block.places.push_back(reader.where());
    block.pairs.push_back(std::move(pair));
  }
  return block;
}

ExaminedBlock next_block(PairReader& reader) {
  ExaminedBlock block = next_pairs(reader);
  examine_all(block);
  return block;
}

void examine_all(ExaminedBlock& block) {
  block.examined.resize(block.pairs.size());
  parallel_for(static_cast<Index>(block.pairs.size()), 64, [&](Index begin, Index end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      block.examined[i] = examine(block.pairs[i]);
  });
}

}  // namespace heed
