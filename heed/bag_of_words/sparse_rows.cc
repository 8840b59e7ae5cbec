#include "heed/bag_of_words/sparse_rows.h"

namespace heed {

SparseRows transposed(const SparseRows& matrix) {
  SparseRows result;
  result.columns = matrix.rows();
  result.starts.assign(static_cast<std::size_t>(matrix.columns) + 1, 0);
  for (const std::uint32_t column : matrix.column) ++result.starts[column + 1];
  for (std::size_t i = 1; i < result.starts.size(); ++i) result.starts[i] += result.starts[i - 1];
  result.column.resize(matrix.column.size());
  result.value.resize(matrix.value.size());
  std::vector<Index> next(result.starts.begin(), result.starts.end() - 1);
  for (Index row = 0; row < matrix.rows(); ++row)
    for (Index i = matrix.starts[static_cast<std::size_t>(row)];
         i < matrix.starts[static_cast<std::size_t>(row) + 1]; ++i) {
      const auto from = static_cast<std::size_t>(i);
      const auto to = static_cast<std::size_t>(next[matrix.column[from]]++);
      result.column[to] = static_cast<std::uint32_t>(row);
      result.value[to] = matrix.value[from];
    }
  return result;
}

}  // namespace heed
