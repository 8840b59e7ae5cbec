#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

void CpuBackend::embed(const IndexList& tokens, const IndexList& positions, const Tensor& table,
                       const Tensor& position_table, float scale, const Dropout& dropout, const Tensor& y) {
  const Index width = table.size(1);
  const cpu::Mask mask = mask_of(dropout);
  in_rows(y, 1, [&](Index r) {
    kernels_.embed(row(table, tokens[r]), scale, position_table ? row(position_table, positions[r]) : nullptr,
                   dropout ? &mask : nullptr, dropout.first_element(r, width), row(y, r), width);
  });
}

// Tokens repeat, so threads share out the columns: each adds up its own in the order of the tokens.
void CpuBackend::embed_backward(const IndexList& tokens, float scale, const Dropout& dropout,
                                const Tensor& dy, const Tensor& dtable) {
  constexpr Index unit = 16;  // columns, a cache line
  const Index width = dtable.size(1), rows = tokens.size();
  const cpu::Mask mask = mask_of(dropout);
  parallel_for((width + unit - 1) / unit, elements_worth_a_thread / (unit * rows + 1),
               [&](Index begin, Index end) {
                 const Index first = begin * unit, count = std::min(width, end * unit) - first;
                 for (Index r = 0; r < rows; ++r)
                   kernels_.accumulate(row(dy, r) + first, scale, dropout ? &mask : nullptr,
                                       dropout.first_element(r, width) + first,
                                       row(dtable, tokens[r]) + first, true, count);
               });
}

}  // namespace heed
