#include "heed/corpus/report/held_out_watch.h"

namespace heed {

void HeldOutWatch::hold_out(const ExaminedPair& pair) {
  if (pair.state != ExaminedPair::State::sound) return;
  ++count_;
  ++pairs_[pair.loose()].pairs;
  ++sources_[pair.source.loose].pairs;
  ++targets_[pair.target.loose].pairs;
}

DataReport::Overlap HeldOutWatch::overlap() {
  return {.name = name_,
          .pairs = count_,
          .seen_pairs = seen(pairs_),
          .seen_sources = seen(sources_),
          .seen_targets = seen(targets_),
          .examples = examples_.take()};
}

bool HeldOutWatch::mark(Hashes& hashes, std::uint64_t hash) {
  const auto held = hashes.find(hash);
  if (held == hashes.end()) return false;
  held->second.seen = true;
  return true;
}

Index HeldOutWatch::seen(const Hashes& hashes) {
  Index count = 0;
  for (const auto& [hash, held] : hashes) count += held.seen ? held.pairs : 0;
  return count;
}

}  // namespace heed
