#include "heed/corpus/parallel_corpus.h"

#include <utility>

#include "heed/corpus/line_pair_reader.h"
#include "heed/corpus/table_reader.h"

namespace heed {

ParallelCorpus corpus_of(std::vector<TextPair> pairs) {
  ParallelCorpus corpus;
  corpus.report.read = corpus.report.kept = std::ssize(pairs);
  corpus.pairs = std::move(pairs);
  return corpus;
}

std::vector<TextPair> read_all(PairReader& reader) {
  std::vector<TextPair> pairs;
  for (TextPair pair; reader.next(pair);) pairs.push_back(std::move(pair));
  return pairs;
}

ParallelCorpus read_parallel(const std::filesystem::path& source, const std::filesystem::path& target,
                             const ReadOptions& options) {
  ParallelCorpus corpus;
  LinePairReader reader(source, target, options, corpus.report);
  corpus.pairs = read_all(reader);
  return corpus;
}

ParallelCorpus read_tsv(const std::filesystem::path& path, const ReadOptions& options) {
  ParallelCorpus corpus;
  TableReader reader(path, options, corpus.report);
  corpus.pairs = read_all(reader);
  return corpus;
}

}  // namespace heed
