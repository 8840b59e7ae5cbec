#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"
#include "heed/backend/reference/rows.h"

namespace heed {

void CpuBackend::rotate(const Tensor& x, std::span<const Index> positions, const Rotary& rotary,
                        Direction direction) {
  const cpu::Rotation rotation{.heads = rotary.heads,
                               .size = x.size(1) / rotary.heads,
                               .pairs = std::ssize(*rotary.rates),
                               .interleaved = rotary.pairing == RotaryPairing::interleaved,
                               .rates = rotary.rates->data()};
  in_rows(x, 2, [&](Index r) {
    const Index at = positions[static_cast<std::size_t>(r)];
    kernels_.rotate(rotation, static_cast<float>(direction == Direction::forward ? at : -at),
                    reference::row(x, r), scratch(kernels_.rotate_scratch(rotation)));
  });
}

}  // namespace heed
