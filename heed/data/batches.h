#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/data/dataset.h"

namespace heed {

/// Where in training a batch lies, both counted from 0.
struct BatchPosition {
  Index epoch = 0;
  Index batch = 0;  // within the epoch

  bool operator==(const BatchPosition&) const = default;
};

/// Examples to learn from in one step, column by column.
struct Batch {
  std::vector<Column> columns;
  std::vector<Index> examples;  // their numbers in the dataset
  BatchPosition position;
  Index batches_in_epoch = 0;

  Index size() const { return static_cast<Index>(examples.size()); }
};

/// A corpus among several: its examples end here, and an epoch shows each of them `weight` times. With 2.3,
/// each is shown twice, and three in ten of them, drawn anew each epoch, once more.
struct WeightedCorpus {
  Index end = 0;
  double weight = 1;
};

/// How examples are put together into batches.
struct BatchOptions {
  Index batch_tokens = 4096;  // in the column that has most, at most
  Index bucket =
      100;  // length bucket: so many batches' worth of examples are sorted by length together; 1: none
  std::uint64_t seed = 1;                    // no field: a run has one seed for all its purposes
  std::vector<WeightedCorpus> corpora = {};  // one after the other, up to the last example; none: all weigh 1

  static constexpr auto fields() {
    using C = BatchOptions;
    return std::tuple(
        field("batch_tokens", &C::batch_tokens,
              "maximum number of tokens per batch, in the column that has most", {1}),
        field("bucket", &C::bucket,
              "number of batches whose examples are sorted by length together (1: no sorting)", {1}));
  }
};

/// Batches as lists of examples, in the order in which they are to be trained on.
using BatchPlan = std::vector<std::vector<Index>>;

/// Shuffles the examples anew for an epoch and cuts them into batches; seed and epoch alone decide how. An
/// example longer than batch_tokens is a batch of its own.
BatchPlan plan_epoch(const Dataset& dataset, Index epoch, const BatchOptions& options);

/// Examples cut into batches in their own order: for validation.
BatchPlan plan_in_order(const Dataset& dataset, Index batch_tokens);

/// The batch of some examples, as they are in an epoch.
Batch make_batch(const Dataset& dataset, std::span<const Index> numbers, Index epoch = 0);

}  // namespace heed
