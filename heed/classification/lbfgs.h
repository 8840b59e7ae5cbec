#pragma once
#include <functional>
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A smooth function: gives its value at x and writes its gradient there.
using Objective = std::function<double(std::span<const float> x, std::span<float> gradient)>;

struct MinimizerOptions {
  double gradient_norm = 1e-4;  // small enough to stop
  Index iterations = 300;       // at most
  std::size_t memory = 6;       // steps that the curvature is guessed from
};

struct Minimized {
  double value = 0;
  Index iterations = 0;
  bool converged = false;
};

/// Moves x to where a convex function is least, with L-BFGS (Nocedal & Wright, Numerical Optimization, 2006,
/// algorithm 7.5) and steps that are halved until the value falls enough.
Minimized minimize(const Objective& objective, std::span<float> x, const MinimizerOptions& options = {});

}  // namespace heed
