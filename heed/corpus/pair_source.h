#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "heed/corpus/pair_reader.h"
#include "heed/corpus/parallel_corpus.h"

namespace heed {

/// A corpus that can be read again and again, so that none of it has to lie in memory.
class PairSource {
 public:
  virtual ~PairSource() = default;
  /// Its pairs from the first on; what is read and skipped is added to the report, which must outlive the
  /// reader, as the source must.
  virtual std::unique_ptr<PairReader> open(ReadReport& report) const = 0;
  /// Names all that the pairs depend on, as far as that can be told without reading them: the same text, the
  /// same pairs.
  virtual std::string identity() const = 0;
};

/// Pairs that lie in memory; the reader must not outlive them.
class MemoryReader final : public PairReader {
 public:
  explicit MemoryReader(std::span<const TextPair> pairs) : pairs_(pairs) {}

  bool next(TextPair& pair) override;
  /// "memory:NUMBER", from 1.
  std::string where() const override;

 private:
  std::span<const TextPair> pairs_;
  std::size_t at_ = 0;
};

/// A corpus in memory as one that can be read again.
class CorpusInMemory final : public PairSource {
 public:
  explicit CorpusInMemory(ParallelCorpus corpus);

  std::unique_ptr<PairReader> open(ReadReport& report) const override;
  std::string identity() const override;

 private:
  ParallelCorpus corpus_;
};

/// One of the corpora that are learned from, and how often an epoch shows each of its pairs.
struct TrainingSource {
  std::shared_ptr<const PairSource> pairs;
  double weight = 1;
};

/// What is learned from and what is validated on.
struct CorpusSources {
  std::vector<TrainingSource> training;
  std::shared_ptr<const PairSource> validation;  // none: pairs are held out of those to learn from
  Index hold_out = 1000;                         // so many, about
};

}  // namespace heed
