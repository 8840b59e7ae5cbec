#include "heed/corpus/corpus_options.h"

#include "heed/corpus/held_out.h"

namespace heed {

ParallelCorpus hold_out(ParallelCorpus& corpus, Index count, std::uint64_t seed) {
  HeldOutChoice choice(count, seed);
  for (const TextPair& pair : corpus.pairs) choice.see(pair);
  const HeldOutRule rule = choice.rule();
  std::vector<TextPair> kept, out;
  Index number = 0;
  for (TextPair& pair : corpus.pairs) {
    const bool held = rule.holds(pair, number++);
    (held ? out : kept).push_back(std::move(pair));
  }
  corpus.pairs = std::move(kept);
  corpus.report.kept = static_cast<Index>(corpus.pairs.size());
  corpus.report.read -= static_cast<Index>(out.size());
  return corpus_of(std::move(out));
}

}  // namespace heed
