#include "heed/classification/lbfgs.h"

#include <array>
#include <cmath>
#include <deque>

namespace heed {
namespace {

/// In lanes, so that the compiler may use vectors and the sum is the same everywhere.
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

struct Step {
  std::vector<float> x, gradient;  // how far they moved
  double curvature;                // one over the product of the two
};

/// -H gradient, H being what the steps say of the inverse Hessian.
std::vector<float> direction_of(std::span<const float> gradient, const std::deque<Step>& steps) {
  std::vector<float> direction(gradient.begin(), gradient.end());
  std::vector<double> shares(steps.size());
  for (std::size_t i = steps.size(); i-- > 0;) {
    shares[i] = steps[i].curvature * dot(steps[i].x, direction);
    add(direction, -shares[i], steps[i].gradient);
  }
  double scale = -1;
  if (!steps.empty()) scale /= steps.back().curvature * dot(steps.back().gradient, steps.back().gradient);
  for (float& each : direction) each *= static_cast<float>(scale);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double back = steps[i].curvature * dot(steps[i].gradient, direction);
    add(direction, -shares[i] - back, steps[i].x);
  }
  return direction;
}

}  // namespace

Minimized minimize(const Objective& objective, std::span<float> x, const MinimizerOptions& options) {
  constexpr double enough = 1e-4;  // of the fall that the slope promises
  constexpr int halvings = 30;     // beyond them float has no smaller step
  std::vector<float> gradient(x.size()), next(x.size()), next_gradient(x.size());
  std::deque<Step> steps;
  Minimized result{.value = objective(x, gradient)};
  for (; result.iterations < options.iterations; ++result.iterations) {
    const double norm = std::sqrt(dot(gradient, gradient));
    result.converged = norm <= options.gradient_norm;
    if (result.converged) break;
    const std::vector<float> direction = direction_of(gradient, steps);
    const double slope = dot(gradient, direction);
    double length = steps.empty() ? 1 / norm : 1, value = 0;
    bool fell = false;
    for (int i = 0; i < halvings && !fell; ++i, length /= 2) {
      std::copy(x.begin(), x.end(), next.begin());
      add(next, length, direction);
      value = objective(next, next_gradient);
      fell = value <= result.value + enough * length * slope;
    }
    if (!fell) break;
    Step step{std::vector<float>(next), std::vector<float>(next_gradient), 0};
    add(step.x, -1, x);
    add(step.gradient, -1, gradient);
    const double product = dot(step.x, step.gradient);
    if (product > 0) {  // in a convex function it is, but for rounding
      step.curvature = 1 / product;
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
