#pragma once
#include "heed/corpus/parallel_corpus.h"

namespace heed {

/// A corpus cut in three.
struct CorpusSplit {
  std::vector<TextPair> train, valid, test;
};

/// Takes about so many pairs for validation and for testing, each at most a tenth, chosen by the seed. Pairs
/// with the same source (its loose_form) go the same way, so that nothing that is tested has been learned.
CorpusSplit split(ParallelCorpus corpus, Index valid, Index test, std::uint64_t seed);

}  // namespace heed
