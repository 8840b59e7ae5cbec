#include "heed/ops/matmul.h"

namespace heed::ops {

Variable matmul(const Variable& a, const Variable& b) {
  require<ShapeError>(a.value().rank() == 2 && b.value().rank() == 2 && a.size(1) == b.size(0),
                      "matmul: ", a.shape(), " meets ", b.shape());
  Pass& pass = pass_of(a, b);
  Backend& backend = pass.backend();
  // The three products of a linear layer are a b, a^T b and a b^T: no kernel of its own is needed.
  const Tensor y = backend.empty({a.size(0), b.size(1)});
  backend.linear_backward_input(a.value(), b.value(), overwriting(y));
  return pass.result(
      y,
      [&backend, a, b](const Tensor& dy) {
        if (a.needs_gradient()) {
          const Tensor da = backend.empty(a.shape());
          backend.linear(dy, b.value(), {}, Activation::none, da);
          if (!a.adopt_gradient(da)) backend.accumulate(da, 1, {}, a.destination());
        }
        if (b.needs_gradient()) backend.linear_backward_weight(a.value(), dy, b.destination(), {});
      },
      a, b);
}

}  // namespace heed::ops
