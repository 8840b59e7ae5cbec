#pragma once
#include <span>
#include <vector>

#include "heed/classification/lbfgs.h"
#include "heed/classification/sparse_rows.h"

namespace heed {

/// Multinomial logistic regression: softmax(row weight + bias).
struct LinearClassifier {
  Index classes = 0;
  std::vector<float> weight;  // [columns, classes]
  std::vector<float> bias;    // [classes]

  /// One that knows nothing yet: all classes are as likely.
  LinearClassifier(Index columns, Index class_count);

  /// What each class has of the probability. [rows, classes]
  std::vector<float> operator()(const SparseRows& rows) const;
};

/// Learns rows of known classes from a classifier to start with, until the sum of the rows' cross entropies
/// and regularization / 2 times the squares of the weights is least. The same on any number of threads.
class LogisticRegression {
 public:
  LogisticRegression(SparseRows rows, std::vector<Index> targets, Index classes);

  Minimized fit(LinearClassifier& classifier, double regularization) const;

 private:
  double loss(std::span<const float> parameters, double regularization, std::span<float> gradient) const;

  SparseRows rows_, by_column_;
  std::vector<Index> targets_;
  std::size_t classes_;
  mutable std::vector<float> errors_;  // [rows, classes]: memory for loss()
  mutable std::vector<double> losses_;
};

}  // namespace heed
