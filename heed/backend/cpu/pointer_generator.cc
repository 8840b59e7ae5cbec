#include "heed/backend/reference/pointer_generator.h"

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/reference/rows.h"
#include "heed/base/parallel.h"

namespace heed {

namespace {

/// Whether each begins where the one before it has ended, or behind that.
bool lie_apart(const Segments& segments) {
  Index end = 0;
  for (const auto& [start, length] : segments) {
    if (start < end) return false;
    end = start + length;
  }
  return true;
}

}  // namespace

// The reference's own sums, so that results do not depend on the number of threads.

void CpuBackend::pointer_generator(const PointerGenerator& operands, const Tensor& y) {
  parallel_for(operands.queries.size(), 1, [&](Index begin, Index end) {
    for (Index sequence = begin; sequence < end; ++sequence)
      reference::pointer_generator(operands, sequence, y);
  });
}

void CpuBackend::pointer_generator_backward(const PointerGenerator& operands, const Tensor& y,
                                            const Tensor& dy, const PointerGeneratorGradients& gradients) {
  // Sequences that share keys add to the same rows.
  if (!lie_apart(operands.keys))
    return ReferenceBackend::pointer_generator_backward(operands, y, dy, gradients);
  reference::start(gradients.q);
  reference::start(gradients.k);
  parallel_for(operands.queries.size(), 1, [&](Index begin, Index end) {
    for (Index sequence = begin; sequence < end; ++sequence)
      reference::pointer_generator_backward(operands, sequence, y, dy, gradients);
  });
}

}  // namespace heed
