#include "heed/ops/reshape.h"

namespace heed::ops {

Variable reshape(const Variable& x, Index width) {
  require<ShapeError>(
      width > 0 && x.value().rank() == 2 && x.value().packed() && x.value().count() % width == 0,
      "reshape: ", x.shape(), " in rows of ", width);
  Pass& pass = x.pass();
  const Tensor y = x.value().reshape({x.value().count() / width, width});
  if (!pass.recording()) return pass.constant(y);
  Backend& backend = pass.backend();
  return pass.result(
      y,
      [&backend, x = x.without_value()](const Tensor& dy) {
        if (!x.needs_gradient()) return;
        const Tensor dx = dy.reshape(x.shape());
        if (!x.adopt_gradient(dx)) backend.accumulate(dx, 1, {}, x.destination());
      },
      x.with_row_names({}));
}

}  // namespace heed::ops
