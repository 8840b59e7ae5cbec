#include "heed/corpus/filters/held_out_pairs.h"

namespace heed {

void HeldOutPairs::add(const ExaminedPair& pair) {
  if (pair.state != ExaminedPair::State::sound) return;
  pairs_.insert(pair.loose());
  sources_.insert(pair.source.loose);
  targets_.insert(pair.target.loose);
}

void HeldOutPairs::add(PairReader& reader) {
  for (TextPair pair; reader.next(pair);) add(examine(pair));
}

}  // namespace heed
