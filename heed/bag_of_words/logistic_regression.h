#pragma once
#include <span>
#include <vector>

#include "heed/bag_of_words/lbfgs.h"
#include "heed/bag_of_words/linear_classifier.h"

namespace heed {

/// Multinomial logistic regression on sparse rows of known classes.
class LogisticRegression {
 public:
  /// `targets` are the classes of the rows, [rows].
  LogisticRegression(SparseRows rows, std::vector<Index> targets, Index classes);

  /// Minimizes the sum of the rows' cross-entropies and regularization / 2 times the sum of the squared
  /// weights, starting from the classifier as it is. The same bytes with any number of threads. Not to be
  /// called by two threads at once.
  LbfgsResult fit(LinearClassifier& classifier, double regularization) const;

 private:
  double loss(std::span<const float> parameters, double regularization, std::span<float> gradient) const;

  SparseRows rows_, by_column_;
  std::vector<Index> targets_;
  std::size_t classes_;
  mutable std::vector<float> errors_;  // [rows, classes]: memory for loss()
  mutable std::vector<double> losses_;
};

}  // namespace heed
