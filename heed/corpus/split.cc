#include "heed/corpus/split.h"

#include "heed/corpus/corpus_options.h"

namespace heed {

CorpusSplit split(ParallelCorpus corpus, Index valid, Index test, std::uint64_t seed) {
  CorpusSplit result;
  if (test > 0) result.test = hold_out(corpus, test, seed).pairs;
  // Another seed: those that drew low for the test set would else be missing from the draw.
  if (valid > 0) result.valid = hold_out(corpus, valid, seed ^ 0x76616C6964).pairs;
  result.train = std::move(corpus.pairs);
  return result;
}

}  // namespace heed
