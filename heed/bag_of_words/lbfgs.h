#pragma once
#include <functional>
#include <span>

#include "heed/base/index.h"

namespace heed {

/// A differentiable function: returns its value at x and writes its gradient there.
using DifferentiableFunction = std::function<double(std::span<const float> x, std::span<float> gradient)>;

struct LbfgsOptions {
  double gradient_norm = 1e-4;  // Euclidean norm that counts as converged
  Index iterations = 300;       // at most
  std::size_t memory = 6;       // last steps that the curvature is estimated from
};

struct LbfgsResult {
  double value = 0;
  Index iterations = 0;
  bool converged =
      false;  // else it ran out of iterations, or no step in float32 decreased the value any more
};

/// Moves x to a minimum, with L-BFGS (Nocedal & Wright, Numerical Optimization, 2006, algorithm 7.5) and a
/// backtracking line search (algorithm 3.1).
///
/// It is our own because the same texts have to give the same bytes everywhere: in which order libLBFGS adds
/// up a dot product depends on how it was built (with SSE2 or without). It computes in double precision, too,
/// where the history of 2 * memory vectors takes twice as much (a bag of bigrams has hundreds of thousands of
/// weights). Ceres and dlib have one each, and are large dependencies for a hundred lines.
LbfgsResult minimize(const DifferentiableFunction& function, std::span<float> x,
                     const LbfgsOptions& options = {});

}  // namespace heed
