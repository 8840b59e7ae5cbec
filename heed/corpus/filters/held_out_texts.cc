#include "heed/corpus/filters/held_out_texts.h"

namespace heed {

void HeldOutTexts::add(const ExaminedPair& pair) {
  if (pair.state != ExaminedPair::State::sound) return;
  pairs_.insert(pair.loose());
  sources_.insert(pair.source.loose);
  targets_.insert(pair.target.loose);
}

void HeldOutTexts::add(PairReader& reader) {
  for (TextPair pair; reader.next(pair);) add(examine(pair));
}

}  // namespace heed
