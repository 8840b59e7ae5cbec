#include "heed/ops/activate.h"

namespace heed::ops {

Variable activate(const Variable& x, Activation activation) {
  Backend& kernels = x.pass().kernels();
  Tensor y(x.shape());
  kernels.activate(activation, x.value(), y);
  return x.pass().result(
      y,
      [&kernels, x, activation](const Tensor& dy) {
        kernels.activate_backward(activation, x.value(), dy, x.destination());
      },
      x);
}

}  // namespace heed::ops
