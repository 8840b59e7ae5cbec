#include "heed/ops/concat.h"

#include <algorithm>

namespace heed::ops {
namespace {

/// Puts matrices that share the other axis side by side along this one.
Variable joined(const char* name, Index axis, const std::vector<Variable>& parts) {
  require<ShapeError>(!parts.empty(), name, ": nothing to put together");
  Index size = 0;
  for (const Variable& part : parts) {
    require<ShapeError>(part.value().rank() == 2 && part.size(1 - axis) == parts[0].size(1 - axis), name,
                        ": ", part.shape(), axis == 1 ? " beside " : " below ", parts[0].shape());
    size += part.size(axis);
  }
  const auto in_a_pass =
      std::find_if(parts.begin(), parts.end() - 1, [](const Variable& p) { return p.in_a_pass(); });
  Pass& pass = in_a_pass->pass();
  Backend& backend = pass.backend();
  const Tensor y = backend.empty(axis == 1 ? Shape{parts[0].size(0), size} : Shape{size, parts[0].size(1)});
  Index place = 0;
  for (const Variable& part : parts) {
    backend.copy(part.value(), y.narrow(axis, place, part.size(axis)));
    place += part.size(axis);
  }
  if (!pass.recording()) return pass.constant(y);
  const auto learns =
      std::find_if(parts.begin(), parts.end(), [](const Variable& p) { return p.needs_gradient(); });
  return pass.result(
      y,
      [&backend, axis, parts](const Tensor& dy) {
        Index from = 0;
        for (const Variable& part : parts) {
          if (part.needs_gradient())
            backend.accumulate(dy.narrow(axis, from, part.size(axis)), 1, {}, part.destination());
          from += part.size(axis);
        }
      },
      learns == parts.end() ? parts[0] : *learns);
}

}  // namespace

Variable concat(const std::vector<Variable>& parts) { return joined("concat", 1, parts); }

Variable stack(const std::vector<Variable>& parts) { return joined("stack", 0, parts); }

}  // namespace heed::ops
