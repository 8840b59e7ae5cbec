#include "heed/ops/concat.h"

#include <algorithm>

namespace heed::ops {

Variable concat(const std::vector<Variable>& parts) {
  require<ShapeError>(!parts.empty(), "concat: nothing to put together");
  Index width = 0;
  for (const Variable& part : parts) {
    require<ShapeError>(part.value().rank() == 2 && part.size(0) == parts[0].size(0),
                        "concat: ", part.shape(), " beside ", parts[0].shape());
    width += part.size(1);
  }
  const auto in_a_pass =
      std::find_if(parts.begin(), parts.end() - 1, [](const Variable& p) { return p.in_a_pass(); });
  Pass& pass = in_a_pass->pass();
  Backend& kernels = pass.kernels();
  Tensor y({parts[0].size(0), width});
  Index column = 0;
  for (const Variable& part : parts) {
    kernels.copy(part.value(), y.narrow(1, column, part.size(1)));
    column += part.size(1);
  }
  const auto learns =
      std::find_if(parts.begin(), parts.end(), [](const Variable& p) { return p.needs_gradient(); });
  return pass.result(
      y,
      [&kernels, parts](const Tensor& dy) {
        Index from = 0;
        for (const Variable& part : parts) {
          if (part.needs_gradient())
            kernels.accumulate(dy.narrow(1, from, part.size(1)), 1, {}, part.destination());
          from += part.size(1);
        }
      },
      learns == parts.end() ? parts[0] : *learns);
}

}  // namespace heed::ops
