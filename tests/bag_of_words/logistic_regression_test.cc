#include "heed/bag_of_words/logistic_regression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "heed/base/parallel.h"
#include "heed/base/random.h"

namespace heed {
namespace {

SparseRows rows_of(const std::vector<std::vector<float>>& dense) {
  SparseRows rows;
  rows.columns = std::ssize(dense.front());
  for (const auto& row : dense) {
    for (std::size_t i = 0; i < row.size(); ++i)
      if (row[i] != 0) {
        rows.column.push_back(static_cast<std::uint32_t>(i));
        rows.value.push_back(row[i]);
      }
    rows.starts.push_back(rows.entries());
  }
  return rows;
}

TEST(LogisticRegression, with_two_classes_meets_the_condition_of_the_least) {
  // One column that is 1 or -1: by symmetry no bias, and weights w and -w with r w = 1 / (1 + e^(2 w)) for
  // each of the two rows.
  const LogisticRegression regression(rows_of({{1}, {-1}}), {0, 1}, 2);
  LinearClassifier classifier(1, 2);
  const double r = 0.1;
  EXPECT_TRUE(regression.fit(classifier, r).converged);
  const double w = static_cast<double>(classifier.weight[0]);
  EXPECT_NEAR(static_cast<double>(classifier.weight[1]), -w, 1e-4);
  EXPECT_NEAR(r * w, 2 / (1 + std::exp(2 * w)), 1e-3);  // what the gradient may still be
  EXPECT_NEAR(static_cast<double>(classifier.bias[0]), 0, 1e-3);
}

TEST(LogisticRegression, gives_shares_of_classes_where_rows_are_empty) {
  const LogisticRegression regression(rows_of({{0}, {0}, {0}, {0}}), {0, 0, 0, 1}, 2);
  LinearClassifier classifier(1, 2);
  regression.fit(classifier, 1);
  EXPECT_NEAR(classifier(rows_of({{0}}))[0], 0.75, 1e-3);
}

TEST(LogisticRegression, is_the_same_on_any_number_of_threads) {
  Random random(5);
  std::vector<std::vector<float>> dense(1500, std::vector<float>(1200));
  std::vector<Index> targets;
  for (auto& row : dense) {
    for (int i = 0; i < 8; ++i) row[random.below(1200)] = random.uniform();
    targets.push_back(random.below(3));
  }
  const LogisticRegression regression(rows_of(dense), targets, 3);
  const int threads = thread_count();
  LinearClassifier one(1200, 3), three(1200, 3);
  set_thread_count(1);
  regression.fit(one, 0.1);
  set_thread_count(3);
  regression.fit(three, 0.1);
  set_thread_count(threads);
  EXPECT_EQ(one.weight, three.weight);
  EXPECT_EQ(one.bias, three.bias);
}

}  // namespace
}  // namespace heed
