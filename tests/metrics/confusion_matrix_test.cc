#include "heed/metrics/confusion_matrix.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(ConfusionMatrix, gives_accuracy_precision_and_recall) {
  ConfusionMatrix confusion({"a", "b", "never"});
  for (const auto& [truth, guess] : {std::pair{0, 0}, {0, 1}, {1, 1}, {1, 1}}) confusion.add(truth, guess);
  EXPECT_EQ(confusion.accuracy(), 0.75);
  EXPECT_EQ(confusion.recall(0), 0.5);
  EXPECT_EQ(confusion.precision(0), 1);
  EXPECT_NEAR(confusion.precision(1), 2.0 / 3, 1e-12);
  EXPECT_EQ(confusion.precision(2), 0) << "of none";
  EXPECT_NE(confusion.text().find("accuracy 75.00 % (3 of 4)"), std::string::npos);
}

TEST(ConfusionMatrix, counts_several_at_once) {
  ConfusionMatrix confusion({"a", "b"});
  confusion.add(0, 0, 3);
  confusion.add(1, 0);
  EXPECT_EQ(confusion.total(), 4);
  EXPECT_EQ(confusion.count(0, 0), 3);
  EXPECT_EQ(confusion.precision(0), 0.75);
}

TEST(ConfusionMatrix, of_nothing_has_accuracy_0) { EXPECT_EQ(ConfusionMatrix({"a", "b"}).accuracy(), 0); }

}  // namespace
}  // namespace heed
