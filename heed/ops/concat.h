#pragma once
#include <vector>

#include "heed/autograd/pass.h"

namespace heed::ops {

/// Matrices side by side: [rows, a], [rows, b], ... give [rows, a + b + ...]. Its inverse is
/// Variable::narrow.
Variable concat(const std::vector<Variable>& parts);

/// Matrices one below the other: [a, width], [b, width], ... give [a + b + ..., width].
Variable stack(const std::vector<Variable>& parts);

}  // namespace heed::ops
