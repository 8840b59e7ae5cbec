#include "heed/corpus/pair_source.h"

#include "heed/base/crc32c.h"
#include "heed/base/error.h"

namespace heed {

bool MemoryReader::next(TextPair& pair) {
  if (at_ == pairs_.size()) return false;
  pair = pairs_[at_++];
  return true;
}

std::string MemoryReader::where() const { return message("memory:", at_); }

CorpusInMemory::CorpusInMemory(ParallelCorpus corpus) : corpus_(std::move(corpus)) {}

std::unique_ptr<PairReader> CorpusInMemory::open(ReadReport& report) const {
  report += corpus_.report;
  return std::make_unique<MemoryReader>(corpus_.pairs);
}

std::string CorpusInMemory::identity() const {
  // A sum of sums that depends on their order.
  std::uint64_t sum = 0;
  for (const TextPair& pair : corpus_.pairs)
    for (const std::string* text : {&pair.source, &pair.target})
      sum = sum * 0x9E3779B97F4A7C15u + crc32c(*text) + text->size();
  return message(corpus_.pairs.size(), " pairs in memory, ", sum);
}

}  // namespace heed
