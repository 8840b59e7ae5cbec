#pragma once
#include <functional>
#include <span>

#include "heed/base/fields.h"
#include "heed/corpus/parallel_corpus.h"
#include "heed/data/examples.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// Which pairs are worth training on. Lengths are in tokens, without EOS; 0 means no limit.
struct LengthLimits {
  Index max_length = 256;   // on either side
  double max_ratio = 0;     // of the longer side to the shorter
  Index source_tokens = 0;  // of a source that has more, those behind are left out

  static constexpr auto fields() {
    using C = LengthLimits;
    return std::tuple(
        field("max_length", &C::max_length, "maximum length of a training text, in tokens (0: no limit)",
              {0}),
        field("max_length_ratio", &C::max_ratio,
              "maximum ratio of the longer side's tokens to the shorter side's (0: no limit)", {0}));
  }
};

/// Leaves out what of a source is not read.
void cut_source(std::vector<Index>& source, const LengthLimits& limits);

/// Examples and what became of the pairs they were made from.
struct TokenizedCorpus {
  Examples examples;
  ReadReport report;
};

/// What an example is handed to, its texts with EOS.
using TakeExample = std::function<void(std::span<const Index> source, std::span<const Index> target)>;

/// Tokenizes what a reader gives, in parallel and some ten thousand pairs at a time, and hands on in its
/// order what keeps within the limits; the report counts each of them as kept, and why the others are not.
void tokenize(PairReader& reader, const Tokenizers& tokenizers, const LengthLimits& limits,
              ReadReport& report, const TakeExample& take);

/// The same of a corpus in memory. The report is that of reading it, continued.
TokenizedCorpus tokenize(const ParallelCorpus& corpus, const Tokenizers& tokenizers,
                         const LengthLimits& limits = {});

}  // namespace heed
