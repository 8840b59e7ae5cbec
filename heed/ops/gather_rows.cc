#include "heed/ops/gather_rows.h"

#include <algorithm>
#include <numeric>

namespace heed::ops {

Variable gather_rows(const Variable& x, std::vector<Index> rows) {
  require<ShapeError>(x.value().rank() == 2, "gather rows: ", x.shape(), " is no matrix");
  for (const Index row : rows)
    require<ShapeError>(row >= 0 && row < x.size(0), "gather rows: row ", row, " of ", x.size(0));
  Pass& pass = x.pass();
  Backend& kernels = pass.kernels();
  std::vector<Index> places(rows.size());
  std::iota(places.begin(), places.end(), Index{0});
  Tensor y({std::ssize(rows), x.size(1)});
  kernels.copy_rows(x.value(), rows, y, places);
  if (!pass.recording()) return pass.constant(y);
  // The way back is that of a table whose rows are looked up.
  return pass.result(
      y,
      [&kernels, x = x.without_value(), rows = std::move(rows)](const Tensor& dy) {
        kernels.embed_backward(rows, 1, {}, dy, x.gradient());
      },
      x);
}

}  // namespace heed::ops
