#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/data/examples.h"

namespace heed {

/// Where in training a batch lies, both counted from 0.
struct BatchPosition {
  Index epoch = 0;
  Index batch = 0;  // within the epoch

  bool operator==(const BatchPosition&) const = default;
};

/// Sentence pairs to learn from in one step. Sentences lie one after the other without padding; the lengths
/// say where each ends. Both sides end with EOS.
struct Batch {
  std::vector<Index> source_tokens, source_lengths;
  std::vector<Index> target_tokens, target_lengths;
  std::vector<Index> examples;  // their numbers in the corpus
  BatchPosition position;
  Index batches_in_epoch = 0;

  Index size() const { return static_cast<Index>(examples.size()); }
};

/// A corpus among several: its examples end here, and each of them is learned from so many times an epoch.
/// Of 2.3, every one twice, and once more for those that the epoch draws.
struct WeightedCorpus {
  Index end = 0;
  double weight = 1;
};

/// How examples are put together into batches.
struct BatchOptions {
  Index batch_tokens = 4096;  // on the side that has more, at most
  Index bucket = 100;         // this many batches' worth of examples are sorted by length together; 1: none
  std::uint64_t seed = 1;     // no field: a run has one seed for all its purposes
  std::vector<WeightedCorpus> corpora = {};  // one after the other, up to the last example; none: all weigh 1

  static constexpr auto fields() {
    using C = BatchOptions;
    return std::tuple(
        field("batch_tokens", &C::batch_tokens,
              "maximum number of tokens per batch, on the side that has more", {1}),
        field("bucket", &C::bucket,
              "number of batches whose examples are sorted by length together (1: no sorting)", {1}));
  }
};

/// Batches as lists of examples, in the order in which they are to be trained on.
using BatchPlan = std::vector<std::vector<Index>>;

/// Shuffles the examples anew for an epoch and cuts them into batches; seed and epoch alone decide how. An
/// example longer than batch_tokens is a batch of its own.
BatchPlan plan_epoch(const Examples& examples, Index epoch, const BatchOptions& options);

/// Examples cut into batches in their own order: for validation.
BatchPlan plan_in_order(const Examples& examples, Index batch_tokens);

/// The batch of some examples.
Batch make_batch(const Examples& examples, std::span<const Index> numbers);

}  // namespace heed
