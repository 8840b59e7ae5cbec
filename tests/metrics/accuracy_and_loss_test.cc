#include "heed/metrics/accuracy_and_loss.h"

#include <gtest/gtest.h>

#include <cmath>

namespace heed {
namespace {

const std::vector<float> probabilities{0.5f,  0.25f, 0.25f,  //
                                       0.25f, 0.25f, 0.5f};

TEST(AccuracyAndLoss, are_the_share_predicted_and_the_mean_cross_entropy) {
  const auto [accuracy, loss] = accuracy_and_loss(probabilities, std::vector<Index>{0, 1}, 3);
  EXPECT_EQ(accuracy, 0.5);
  EXPECT_DOUBLE_EQ(loss, (std::log(2.0) + std::log(4.0)) / 2);
}

TEST(AccuracyAndLoss, are_finite_where_the_true_class_had_probability_0) {
  const auto [accuracy, loss] = accuracy_and_loss(std::vector<float>{1, 0}, std::vector<Index>{1}, 2);
  EXPECT_EQ(accuracy, 0);
  EXPECT_NEAR(loss, 30 * std::log(10.0), 1e-9);
}

TEST(MostProbableClasses, are_the_first_of_equals) {
  EXPECT_EQ(most_probable_classes(std::vector<float>{0.4f, 0.4f, 0.2f, 0.2f, 0.4f, 0.4f}, 3),
            (std::vector<Index>{0, 1}));
}

}  // namespace
}  // namespace heed
