#pragma once
#include <span>
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// How often texts of each class were taken for each.
class ConfusionMatrix {
 public:
  explicit ConfusionMatrix(std::vector<std::string> labels);

  void add(Index truth, Index guess);
  Index count(Index truth, Index guess) const;
  const std::vector<std::string>& labels() const { return labels_; }

  Index texts() const;
  Index correct() const;
  /// The share that was told right; 0 of none.
  double accuracy() const;
  /// Of what was taken for the class, the share that is of it; of what is of it, the share that was found.
  /// 0 where there is none.
  double precision(Index label) const;
  double recall(Index label) const;

  /// Accuracy, precision and recall of each class, and the counts, as a table.
  std::string text() const;

 private:
  Index taken_for(Index label) const;
  Index of(Index label) const;

  std::vector<std::string> labels_;
  std::vector<Index> counts_;  // [truth, guess]
};

}  // namespace heed
