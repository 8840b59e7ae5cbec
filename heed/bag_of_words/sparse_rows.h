#pragma once
#include <cstdint>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A matrix that is mostly zeros, in compressed sparse rows (CSR).
struct SparseRows {
  Index columns = 0;
  std::vector<Index> starts{0};         // of each row among the entries, and their end; [rows + 1]
  std::vector<std::uint32_t> column{};  // [entries], ascending within a row
  std::vector<float> value{};           // [entries]

  Index rows() const { return static_cast<Index>(starts.size()) - 1; }
  Index entries() const { return static_cast<Index>(column.size()); }
};

/// The transpose: rows become columns.
SparseRows transposed(const SparseRows& matrix);

}  // namespace heed
