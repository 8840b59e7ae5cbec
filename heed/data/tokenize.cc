#include "heed/data/tokenize.h"

#include <algorithm>
#include <exception>
#include <mutex>

#include "heed/base/parallel.h"

namespace heed {
namespace {

/// Adds a pair, or counts why not.
void keep_or_count(std::span<const Index> source, std::span<const Index> target, const LengthLimits& limits,
                   TokenizedCorpus& corpus) {
  ReadReport& report = corpus.report;
  const auto longer = static_cast<Index>(std::max(source.size(), target.size()));
  const auto shorter = static_cast<Index>(std::min(source.size(), target.size()));
  if (source.empty()) {
    ++report.empty_source;
  } else if (target.empty()) {
    ++report.empty_target;
  } else if (limits.max_length > 0 && longer > limits.max_length) {
    ++report.too_long;
  } else if (limits.max_ratio > 0 &&
             static_cast<double>(longer) > limits.max_ratio * static_cast<double>(shorter)) {
    ++report.unbalanced;
  } else {
    corpus.examples.add(source, target);
  }
}

}  // namespace

TokenizedCorpus tokenize(const ParallelCorpus& corpus, const Tokenizers& tokenizers,
                         const LengthLimits& limits) {
  TokenizedCorpus result{.examples = {}, .report = corpus.report};
  // In blocks, so that the ids, eight bytes each here, never lie in memory all at once.
  constexpr Index block = 1 << 16;
  const auto count = static_cast<Index>(corpus.pairs.size());
  std::vector<std::vector<Index>> sources, targets;
  std::exception_ptr failure;
  std::mutex failing;
  for (Index start = 0; start < count; start += block) {
    const Index size = std::min(block, count - start);
    sources.resize(static_cast<std::size_t>(size));
    targets.resize(static_cast<std::size_t>(size));
    parallel_for(size, 64, [&](Index begin, Index end) {
      try {
        for (Index i = begin; i < end; ++i) {
          const TextPair& pair = corpus.pairs[static_cast<std::size_t>(start + i)];
          sources[static_cast<std::size_t>(i)] = tokenizers.source->encode(pair.source);
          targets[static_cast<std::size_t>(i)] = tokenizers.target->encode(pair.target);
        }
      } catch (...) {
        const std::lock_guard lock(failing);
        failure = std::current_exception();
      }
    });
    if (failure) std::rethrow_exception(failure);
    for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i)
      keep_or_count(sources[i], targets[i], limits, result);
  }
  result.report.kept = result.examples.size();
  return result;
}

}  // namespace heed
