#pragma once
#include <cstdint>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A matrix that is mostly zeros, row by row.
struct SparseRows {
  Index columns = 0;
  std::vector<Index> starts{0};  // of each row among the entries, and their end
  std::vector<std::uint32_t> column{};
  std::vector<float> value{};

  Index rows() const { return static_cast<Index>(starts.size()) - 1; }
  Index entries() const { return static_cast<Index>(column.size()); }
};

/// The same matrix with rows and columns exchanged.
SparseRows transposed(const SparseRows& matrix);

}  // namespace heed
