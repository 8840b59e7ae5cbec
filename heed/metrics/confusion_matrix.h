#pragma once
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// How often items of each true class were predicted to be of each class.
class ConfusionMatrix {
 public:
  explicit ConfusionMatrix(std::vector<std::string> labels);

  /// Counts an item, or `times` of them.
  void add(Index truth, Index prediction, Index times = 1);
  Index count(Index truth, Index prediction) const;
  const std::vector<std::string>& labels() const { return labels_; }

  /// All items that were counted, and those whose class was predicted.
  Index total() const;
  Index correct() const;
  /// The share of correct predictions; 0 if nothing was counted.
  double accuracy() const;
  /// Of the items predicted to be of a class, the share that is; 0 if there are none.
  double precision(Index label) const;
  /// Of the items of a class, the share predicted to be; 0 if there are none.
  double recall(Index label) const;

  /// Accuracy, precision and recall of each class, and the counts, as a table.
  std::string text() const;

 private:
  Index predicted(Index label) const;
  Index actual(Index label) const;

  std::vector<std::string> labels_;
  std::vector<Index> counts_;  // [truth, prediction]
};

}  // namespace heed
