#include "heed/data/tokenize.h"

#include <algorithm>

#include "heed/base/first_failure.h"
#include "heed/base/parallel.h"
#include "heed/corpus/pair_source.h"

namespace heed {
namespace {

// In blocks, so that neither texts nor ids, eight bytes each here, lie in memory all at once.
constexpr std::size_t most_pairs = 1 << 14, most_bytes = 16 << 20;

struct PairBlock {
  std::vector<TextPair> pairs;
  std::vector<std::vector<Index>> sources, targets;
};

/// The next pairs; false where there are none.
bool fill(PairBlock& block, PairReader& reader) {
  block.pairs.clear();
  std::size_t bytes = 0;
  for (TextPair pair; block.pairs.size() < most_pairs && bytes < most_bytes && reader.next(pair);) {
    bytes += pair.source.size() + pair.target.size();
    block.pairs.push_back(std::move(pair));
  }
  return !block.pairs.empty();
}

void encode(PairBlock& block, const Tokenizers& tokenizers, const LengthLimits& limits) {
  block.sources.resize(block.pairs.size());
  block.targets.resize(block.pairs.size());
  FirstFailure failure;
  parallel_for(std::ssize(block.pairs), 64, [&](Index begin, Index end) {
    try {
      for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
        block.sources[i] = tokenizers.source->encode(block.pairs[i].source);
        cut_source(block.sources[i], limits);
        block.targets[i] = tokenizers.target->encode(block.pairs[i].target);
      }
    } catch (...) {
      failure.note(begin, std::current_exception());
    }
  });
  failure.rethrow();
}

/// Whether the pair keeps within the limits; counted either way.
bool keep_or_count(std::span<const Index> source, std::span<const Index> target, const LengthLimits& limits,
                   ReadReport& report) {
  const auto longer = static_cast<Index>(std::max(source.size(), target.size()));
  const auto shorter = static_cast<Index>(std::min(source.size(), target.size()));
  const bool too_long = limits.max_length > 0 && longer > limits.max_length;
  const bool unbalanced =
      limits.max_ratio > 0 && static_cast<double>(longer) > limits.max_ratio * static_cast<double>(shorter);
  ++(source.empty()   ? report.empty_source
     : target.empty() ? report.empty_target
     : too_long       ? report.too_long
     : unbalanced     ? report.unbalanced
                      : report.kept);
  return !source.empty() && !target.empty() && !too_long && !unbalanced;
}

}  // namespace

void cut_source(std::vector<Index>& source, const LengthLimits& limits) {
  if (limits.source_tokens > 0 && std::ssize(source) > limits.source_tokens)
    source.resize(static_cast<std::size_t>(limits.source_tokens));
}

void tokenize(PairReader& reader, const Tokenizers& tokenizers, const LengthLimits& limits,
              ReadReport& report, const TakeExample& take) {
  for (PairBlock block; fill(block, reader);) {
    encode(block, tokenizers, limits);
    for (std::size_t i = 0; i < block.pairs.size(); ++i)
      if (keep_or_count(block.sources[i], block.targets[i], limits, report)) {
        block.sources[i].push_back(special::eos);
        block.targets[i].push_back(special::eos);
        take(block.sources[i], block.targets[i]);
      }
  }
}

TokenizedCorpus tokenize(const ParallelCorpus& corpus, const Tokenizers& tokenizers,
                         const LengthLimits& limits) {
  TokenizedCorpus result{.examples = Examples(2), .report = corpus.report};
  result.report.kept = 0;
  MemoryReader reader(corpus.pairs);
  tokenize(reader, tokenizers, limits, result.report,
           [&](std::span<const Index> source, std::span<const Index> target) {
             result.examples.add({source, target});
           });
  return result;
}

}  // namespace heed
