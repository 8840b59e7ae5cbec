#include "heed/ops/softmax.h"

namespace heed::ops {

Variable softmax(const Variable& x) {
  Backend& backend = x.pass().backend();
  const Tensor y = backend.empty(x.shape());
  backend.softmax(x.value(), y);
  return x.pass().result(
      y, [&backend, x, y](const Tensor& dy) { backend.softmax_backward(y, dy, x.destination()); }, x);
}

}  // namespace heed::ops
