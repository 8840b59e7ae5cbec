#pragma once
#include <limits>
#include <vector>

#include "heed/model/classifier.h"
#include "heed/model/model_options.h"
#include "tests/support/tensors.h"

namespace heed {

/// A model that gives each token its row of a table of logits, whatever stands beside it: of every token, or
/// where it pools, of the first one of each sequence.
class TableClassifier : public Classifier {
 public:
  explicit TableClassifier(std::vector<std::vector<float>> logits, Pooling pooling = Pooling::max)
      : Classifier(ModelOptions(family)
                       .set("pooling", pooling)
                       .config({.inputs = 9, .outputs = static_cast<Index>(logits.front().size())}),
                   source_, ParameterStore::Purpose::inference, {}),
        logits_(std::move(logits)),
        pooling_(pooling) {}

  Variable logits(Pass& pass, const TokenBatch& tokens) const override {
    std::vector<float> all;
    Index rows = 0;
    const auto add = [&](Index place) {
      const auto& row = logits_[static_cast<std::size_t>(tokens.tokens[static_cast<std::size_t>(place)])];
      all.insert(all.end(), row.begin(), row.end());
      ++rows;
    };
    for (const auto& [start, length] : tokens.segments)
      for (Index place = start; place < start + (pooling_ == Pooling::none ? length : 1); ++place) add(place);
    return pass.constant(tensor_of({rows, static_cast<Index>(logits_.front().size())}, all));
  }
  Pooling pooling() const override { return pooling_; }

 private:
  static inline RandomParameters source_{1};
  std::vector<std::vector<float>> logits_;
  Pooling pooling_;
};

}  // namespace heed
