#include "heed/ops/activate.h"

namespace heed::ops {

Variable activate(const Variable& x, Activation activation) {
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  const Tensor y = backend.empty(x.shape());
  backend.activate(activation, x.value(), y);
  if (!pass.recording()) return pass.constant(y);
  return pass.result(
      y,
      [&backend, x, activation](const Tensor& dy) {
        backend.activate_backward(activation, x.value(), dy, x.destination());
      },
      x);
}

}  // namespace heed::ops
