#pragma once
#include "heed/base/fields.h"
#include "heed/data/examples.h"
#include "heed/data/parallel_corpus.h"
#include "heed/text/tokenizers.h"

namespace heed {

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
