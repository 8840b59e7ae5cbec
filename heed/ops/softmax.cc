#include "heed/ops/softmax.h"

namespace heed::ops {

Variable softmax(const Variable& x) {
  Backend& kernels = x.pass().kernels();
  Tensor y(x.shape());
  kernels.softmax(x.value(), y);
  return x.pass().result(
      y, [&kernels, x, y](const Tensor& dy) { kernels.softmax_backward(y, dy, x.destination()); }, x);
}

}  // namespace heed::ops
