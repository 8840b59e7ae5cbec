#include "heed/bag_of_words/lbfgs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <vector>

namespace heed {
namespace {

/// In lanes, so that the compiler may vectorize it and the sum is the same on every processor.
double dot(std::span<const float> a, std::span<const float> b) {
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> sums{};
  const std::size_t whole = a.size() / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane)
      sums[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
  double sum = 0;
  for (std::size_t i = whole; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  for (const double part : sums) sum += part;
  return sum;
}

/// y += scale * x
void add(std::span<float> y, double scale, std::span<const float> x) {
  const auto factor = static_cast<float>(scale);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += factor * x[i];
}

/// A past step: s, y and rho in the book.
struct Step {
  std::vector<float> x, gradient;  // how much they changed
  double rho;                      // 1 / dot(x, gradient)
};

/// The search direction -H gradient, where H is the estimate of the inverse Hessian that the past steps give:
/// the two-loop recursion (algorithm 7.4).
std::vector<float> direction_of(std::span<const float> gradient, const std::deque<Step>& steps) {
  std::vector<float> direction(gradient.begin(), gradient.end());
  std::vector<double> alpha(steps.size());
  for (std::size_t i = steps.size(); i-- > 0;) {
    alpha[i] = steps[i].rho * dot(steps[i].x, direction);
    add(direction, -alpha[i], steps[i].gradient);
  }
  double scale = -1;
  if (!steps.empty()) scale /= steps.back().rho * dot(steps.back().gradient, steps.back().gradient);
  for (float& each : direction) each *= static_cast<float>(scale);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double beta = steps[i].rho * dot(steps[i].gradient, direction);
    add(direction, -alpha[i] - beta, steps[i].x);
  }
  return direction;
}

}  // namespace

LbfgsResult minimize(const DifferentiableFunction& function, std::span<float> x,
                     const LbfgsOptions& options) {
  constexpr double sufficient_decrease =
      1e-4;                     // c1 in the book: share of the decrease that the slope predicts
  constexpr int halvings = 30;  // a smaller step is none in float32
  std::vector<float> gradient(x.size()), next(x.size()), next_gradient(x.size());
  std::deque<Step> steps;
  LbfgsResult result{.value = function(x, gradient)};
  for (; result.iterations < options.iterations; ++result.iterations) {
    const double norm = std::sqrt(dot(gradient, gradient));
    result.converged = norm <= options.gradient_norm;
    if (result.converged) break;
    const std::vector<float> direction = direction_of(gradient, steps);
    const double slope = dot(gradient, direction);
    double length = steps.empty() ? 1 / norm : 1, value = 0;
    bool decreased = false;
    for (int i = 0; i < halvings && !decreased; ++i, length /= 2) {
      std::copy(x.begin(), x.end(), next.begin());
      add(next, length, direction);
      value = function(next, next_gradient);
      decreased = value <= result.value + sufficient_decrease * length * slope;
    }
    if (!decreased) break;
    Step step{std::vector<float>(next), std::vector<float>(next_gradient), 0};
    add(step.x, -1, x);
    add(step.gradient, -1, gradient);
    const double product = dot(step.x, step.gradient);
    if (product > 0) {  // the curvature condition (6.7): without it H would not stay positive definite
      step.rho = 1 / product;
      steps.push_back(std::move(step));
      if (steps.size() > options.memory) steps.pop_front();
    }
    std::copy(next.begin(), next.end(), x.begin());
    gradient.swap(next_gradient);
    result.value = value;
  }
  return result;
}

}  // namespace heed
