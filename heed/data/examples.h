#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/data/parallel_corpus.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// A tokenised corpus, compact: four bytes a token. Both sides end with the end mark; what a decoder is given
/// while it learns is the begin mark and the target without its end mark.
class Examples {
 public:
  Index size() const { return static_cast<Index>(source_ends_.size()); }
  std::span<const std::int32_t> source(Index example) const {
    return part(source_tokens_, source_ends_, example);
  }
  std::span<const std::int32_t> target(Index example) const {
    return part(target_tokens_, target_ends_, example);
  }
  Index source_tokens() const { return static_cast<Index>(source_tokens_.size()); }
  Index target_tokens() const { return static_cast<Index>(target_tokens_.size()); }

  /// Adds a pair of sentences, given without end marks.
  void add(std::span<const Index> source, std::span<const Index> target);

 private:
  static std::span<const std::int32_t> part(const std::vector<std::int32_t>& tokens,
                                            const std::vector<Index>& ends, Index example);

  std::vector<std::int32_t> source_tokens_, target_tokens_;
  std::vector<Index> source_ends_, target_ends_;
};

/// Which pairs are worth training on. Lengths are in tokens, without the end mark; 0 means no limit.
struct LengthLimits {
  Index max_length = 256;  // on either side
  double max_ratio = 0;    // of the longer side to the shorter

  static constexpr auto fields() {
    using C = LengthLimits;
    return std::tuple(
        field("max_length", &C::max_length, "longest text to learn from, in tokens; 0: no limit", {0}),
        field("max_length_ratio", &C::max_ratio,
              "leave out pairs of which one side is more times as long as the other; 0: none", {0}));
  }
};

/// Examples and what became of the pairs they were made from.
struct TokenizedCorpus {
  Examples examples;
  ReadReport report;
};

/// Tokenises in parallel; the order of pairs is kept. The report is that of reading them, continued.
TokenizedCorpus tokenize(const ParallelCorpus& corpus, const Tokenizers& tokenizers,
                         const LengthLimits& limits = {});

}  // namespace heed
