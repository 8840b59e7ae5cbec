#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

namespace {

constexpr Index cost_of_a_gate = 4;  // beside an element of a sum: each is an exponential

cpu::RecurrentRow row_of(const RecurrentStep& step, Index r) {
  const auto at = [r](const Tensor& x) { return x ? row(x, r) : nullptr; };
  return {step.y.size(1),  at(step.input), at(step.recurrent),  at(step.gates),
          at(step.before), at(step.y),     at(step.cell_state), at(step.next_cell_state)};
}

}  // namespace

void CpuBackend::recurrent_step(const RecurrentStep& step) {
  const auto kernel = kernels_.recurrent_step[static_cast<std::size_t>(step.cell)];
  in_rows(step.gates, cost_of_a_gate, [&](Index r) { kernel(row_of(step, r)); });
}

void CpuBackend::recurrent_step_backward(const RecurrentStep& step, const Tensor& dy,
                                         const Tensor& dcell_state, const Tensor& dbefore) {
  const auto kernel = kernels_.recurrent_step_backward[static_cast<std::size_t>(step.cell)];
  in_rows(step.gates, cost_of_a_gate, [&](Index r) {
    kernel(row_of(step, r), row(dy, r), dcell_state ? row(dcell_state, r) : nullptr,
           dbefore ? row(dbefore, r) : nullptr);
  });
}

}  // namespace heed
