#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

void CpuBackend::layer_norm(const Tensor& x, const Tensor& gain, const Tensor& bias, const Tensor& y) {
  in_rows(x, 2, [&](Index r) {
    kernels_.layer_norm(row(x, r), gain.data(), bias.data(), layer_norm_epsilon, row(y, r),
                        x.size(x.rank() - 1));
  });
}

// Sums over rows are made in chunks of fixed size and put together in order: the number of threads does not
// change a bit of them.
void CpuBackend::layer_norm_backward(const Tensor& x, const Tensor& gain, const Tensor& dy, const Tensor& dx,
                                     const Tensor& dgain, const Tensor& dbias) {
  constexpr Index chunk = 64;
  const Index rows = x.rows(), width = gain.count(), chunks = (rows + chunk - 1) / chunk;
  float* sums = scratch(chunks * 2 * width);
  parallel_for(chunks, elements_worth_a_thread / (chunk * width + 1), [&](Index begin, Index end) {
    for (Index part = begin; part < end; ++part) {
      float *gains = sums + part * 2 * width, *biases = gains + width;
      std::fill_n(gains, 2 * width, 0.0f);
      for (Index r = part * chunk; r < std::min(rows, (part + 1) * chunk); ++r)
        kernels_.layer_norm_backward(row(x, r), gain.data(), layer_norm_epsilon, row(dy, r), row(dx, r),
                                     gains, biases, width);
    }
  });
  kernels_.add_columns(sums, 2 * width, chunks, dgain.data(), width);
  kernels_.add_columns(sums + width, 2 * width, chunks, dbias.data(), width);
}

}  // namespace heed
