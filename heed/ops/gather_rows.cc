#include "heed/ops/gather_rows.h"

#include <algorithm>
#include <numeric>

namespace heed::ops {

namespace {

/// Whether each of so many rows is named once. Says what is no row.
bool names_each_once(const IndexList& rows, Index count) {
  std::vector<bool> named(static_cast<std::size_t>(count));
  bool once = rows.size() == count;
  for (const Index row : rows) {
    require<ShapeError>(row >= 0 && row < count, "gather rows: row ", row, " of ", count);
    auto seen = named[static_cast<std::size_t>(row)];
    once = once && !seen;
    seen = true;
  }
  return once;
}

}  // namespace

Variable gather_rows(const Variable& x, const IndexList& rows) {
  require<ShapeError>(x.value().rank() == 2, "gather rows: ", x.shape(), " is no matrix");
  const bool permutation = names_each_once(rows, x.size(0));
  if (permutation && std::ranges::is_sorted(rows)) return x;
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  std::vector<Index> numbers(static_cast<std::size_t>(rows.size()));
  std::iota(numbers.begin(), numbers.end(), Index{0});
  const IndexList places(std::move(numbers));
  const Tensor y = backend.empty({rows.size(), x.size(1)});
  backend.copy_rows(x.value(), rows, y, places);
  if (!pass.recording()) return pass.constant(y);
  return pass.result(
      y,
      [&backend, x = x.without_value(), permutation, places, rows](const Tensor& dy) {
        // The backward pass is that of a table whose rows are looked up, unless all are written.
        const Destination dx = permutation ? x.destination() : Destination(x.gradient());
        if (dx.adds())
          backend.embed_backward(rows, 1, {}, dy, dx.tensor);
        else
          backend.copy_rows(dy, places, dx.tensor, rows);
      },
      x.with_row_names({}));
}

}  // namespace heed::ops
