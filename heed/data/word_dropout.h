#pragma once
#include <memory>

#include "heed/data/dataset.h"

namespace heed {

/// Which share of words is dropped, by which random numbers.
struct WordDropout {
  double share = 0;
  std::uint64_t seed = 1;
};

/// Examples of which in each epoch other tokens of the first column are taken for unknown, so that a
/// classifier learns to do without them; BOS and EOS stay. What is dropped follows from
/// the seed, the epoch and the example's number alone: it does not depend on how batches are cut.
class WithWordDropout : public Dataset {
 public:
  WithWordDropout(std::shared_ptr<const Dataset> examples, const WordDropout& dropout)
      : examples_(std::move(examples)), dropout_(dropout) {}

  Index size() const override { return examples_->size(); }
  Index columns() const override { return examples_->columns(); }
  Index rows(Index example, Index column) const override { return examples_->rows(example, column); }
  void append(Index example, Index epoch, std::span<Column> columns) const override;
  void forget() const override { examples_->forget(); }

 private:
  std::shared_ptr<const Dataset> examples_;
  WordDropout dropout_;
};

}  // namespace heed
