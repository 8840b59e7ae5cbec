#include "heed/ops/pool.h"

#include "heed/ops/gather_rows.h"

namespace heed::ops {
namespace {

void check(std::string_view what, const Variable& x, const Segments& sequences) {
  require<ShapeError>(x.value().rank() == 2, what, ": ", x.shape(), " is no matrix");
  require<ShapeError>(sequences.extent() <= x.size(0), what, ": sequences end at row ", sequences.extent(),
                      " of ", x.size(0));
  for (const auto& [start, length] : sequences)
    require<ShapeError>(length > 0, what, ": the sequence at row ", start, " has no row");
}

/// A sequence's row is called as the first of those that it was made of.
RowList names_of_first(const Variable& x, const Segments& sequences) {
  if (!x.row_names()) return {};
  std::vector<Index> names;
  for (const auto& [start, length] : sequences) names.push_back(x.row_names()[start]);
  return names;
}

}  // namespace

Variable max_over_rows(const Variable& x, const Segments& sequences) {
  check("max over rows", x, sequences);
  Backend& backend = x.pass().backend();
  const Tensor y = backend.empty({sequences.size(), x.size(1)}),
               winners = backend.empty(y.shape(), DataType::int32);
  backend.max_over_rows(x.value(), sequences, y, winners);
  return x.pass()
      .result(
          y,
          [&backend, x = x.without_value(), winners](const Tensor& dy) {
            backend.max_over_rows_backward(winners, dy, x.gradient());
          },
          x)
      .with_row_names(names_of_first(x, sequences));
}

Variable first_rows(const Variable& x, const Segments& sequences) {
  check("first rows", x, sequences);
  std::vector<Index> rows;
  for (const auto& [start, length] : sequences) rows.push_back(start);
  return gather_rows(x, rows).with_row_names(names_of_first(x, sequences));
}

Variable mean_over_rows(const Variable& x, const Segments& sequences) {
  check("mean over rows", x, sequences);
  Backend& backend = x.pass().backend();
  const Tensor y = backend.empty({sequences.size(), x.size(1)});
  backend.mean_over_rows(x.value(), sequences, y);
  return x.pass()
      .result(
          y,
          [&backend, x = x.without_value(), sequences](const Tensor& dy) {
            backend.mean_over_rows_backward(sequences, dy, x.gradient());
          },
          x)
      .with_row_names(names_of_first(x, sequences));
}

}  // namespace heed::ops
