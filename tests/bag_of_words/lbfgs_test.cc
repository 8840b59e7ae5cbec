#include "heed/bag_of_words/lbfgs.h"

#include <gtest/gtest.h>

#include <vector>

namespace heed {
namespace {

/// Sum of scales[i] / 2 * (x[i] - minimum[i])^2.
DifferentiableFunction separable(std::vector<double> scales, std::vector<double> minimum) {
  return [scales = std::move(scales), minimum = std::move(minimum)](std::span<const float> x,
                                                                    std::span<float> gradient) {
    double value = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double away = static_cast<double>(x[i]) - minimum[i];
      value += scales[i] / 2 * away * away;
      gradient[i] = static_cast<float>(scales[i] * away);
    }
    return value;
  };
}

/// x A x / 2 - b x, where A has 2 on its diagonal and -1 beside it, and b is such that this is the minimum.
DifferentiableFunction coupled(std::vector<double> minimum) {
  return [minimum = std::move(minimum)](std::span<const float> x, std::span<float> gradient) {
    const auto times_a = [](std::span<const double> v, std::size_t i) {
      return 2 * v[i] - (i > 0 ? v[i - 1] : 0) - (i + 1 < v.size() ? v[i + 1] : 0);
    };
    const std::vector<double> point(x.begin(), x.end());
    double value = 0;
    for (std::size_t i = 0; i < point.size(); ++i) {
      const double ax = times_a(point, i), b = times_a(minimum, i);
      value += point[i] * (ax / 2 - b);
      gradient[i] = static_cast<float>(ax - b);
    }
    return value;
  };
}

TEST(Lbfgs, finds_the_known_minimum_of_a_coupled_quadratic) {
  const std::vector<double> minimum{1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12};
  std::vector<float> x(minimum.size());
  EXPECT_TRUE(minimize(coupled(minimum), x).converged);
  // The smallest eigenvalue of A is 2 - 2 cos(pi / 13) = 0.058, so a gradient of 1e-4 is within 1e-4 / 0.058.
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(static_cast<double>(x[i]), minimum[i], 1.8e-3);
}

TEST(Lbfgs, finds_the_minimum_of_a_badly_scaled_quadratic) {
  std::vector<float> x{5, -3, 40};
  const LbfgsResult end = minimize(separable({0.01, 1, 100}, {1, 2, 3}), x);
  EXPECT_TRUE(end.converged);
  EXPECT_LT(end.iterations, 60);
  // A gradient of 1e-4, divided by each scale.
  EXPECT_NEAR(static_cast<double>(x[0]), 1, 1e-2);
  EXPECT_NEAR(static_cast<double>(x[1]), 2, 1e-4);
  EXPECT_NEAR(static_cast<double>(x[2]), 3, 2e-6);  // and half a unit in the last place
}

TEST(Lbfgs, follows_the_curved_valley_of_rosenbrock) {
  std::vector<float> x{-1.2f, 1};
  const LbfgsResult end = minimize(
      [](std::span<const float> at, std::span<float> gradient) {
        const double a = static_cast<double>(at[0]), b = static_cast<double>(at[1]), c = b - a * a;
        gradient[0] = static_cast<float>(-2 * (1 - a) - 400 * a * c);
        gradient[1] = static_cast<float>(200 * c);
        return (1 - a) * (1 - a) + 100 * c * c;
      },
      x, {.gradient_norm = 1e-3});  // one unit in the last place of x alone makes 5e-5
  EXPECT_TRUE(end.converged);
  EXPECT_LT(end.iterations, 60);
  // The smallest eigenvalue of the Hessian at the minimum is 0.4, so the distance is within 1e-3 / 0.4.
  EXPECT_NEAR(static_cast<double>(x[0]), 1, 2.5e-3);
  EXPECT_NEAR(static_cast<double>(x[1]), 1, 2.5e-3);
}

TEST(Lbfgs, takes_far_fewer_iterations_than_without_memory) {
  const auto iterations = [](std::size_t memory) {
    std::vector<float> x(4);
    return minimize(separable({1, 10, 30, 100}, {1, 1, 1, 1}), x, {.memory = memory}).iterations;
  };
  EXPECT_LT(3 * iterations(6), iterations(0)) << "0 is steepest descent";
}

TEST(Lbfgs, stays_where_the_gradient_is_zero) {
  std::vector<float> x{1, 2};
  const LbfgsResult end = minimize(separable({1, 1}, {1, 2}), x);
  EXPECT_TRUE(end.converged);
  EXPECT_EQ(end.iterations, 0);
  EXPECT_EQ(x, (std::vector<float>{1, 2}));
}

TEST(Lbfgs, says_that_it_ran_out_of_iterations) {
  std::vector<float> x{5, -3};
  const LbfgsResult end = minimize(separable({1, 100}, {1, 2}), x, {.iterations = 2});
  EXPECT_FALSE(end.converged);
  EXPECT_EQ(end.iterations, 2);
}

TEST(Lbfgs, stops_without_moving_where_no_step_decreases_the_value) {
  std::vector<float> x{1};
  const LbfgsResult end = minimize(
      [](std::span<const float> at, std::span<float> gradient) {
        gradient[0] = -1;  // wrong: the function grows with x
        return static_cast<double>(at[0]);
      },
      x);
  EXPECT_FALSE(end.converged);
  EXPECT_EQ(x, (std::vector<float>{1}));
}

}  // namespace
}  // namespace heed
