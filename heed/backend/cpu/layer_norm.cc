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

void CpuBackend::add_layer_norm(const Tensor& a, const Tensor& b, const Dropout& dropout, const Tensor& gain,
                                const Tensor& bias, const Tensor& sum, const Tensor& y) {
  const Index width = gain.count();
  const cpu::Mask mask = mask_of(dropout);
  in_rows(sum, 3, [&](Index r) {
    kernels_.add(row(a, r), row(b, r), dropout ? &mask : nullptr, dropout.first_element(r, width),
                 row(sum, r), width);
    kernels_.layer_norm(row(sum, r), gain.data(), bias.data(), layer_norm_epsilon, row(y, r), width);
  });
}

namespace {

/// body(row, gains, biases) for each row, which adds its share to sums of `width` each. These are made in
/// chunks of fixed size and put together in order: the number of threads does not change a bit of them.
template <class Body>
void in_rows_with_sums(const cpu::Kernels& kernels, Index rows, Index width, const Destination& dgain,
                       const Destination& dbias, const Body& body) {
  constexpr Index chunk = 64;
  const Index chunks = (rows + chunk - 1) / chunk;
  float* sums = scratch(chunks * 2 * width);
  parallel_for(chunks, elements_worth_a_thread / (chunk * width + 1), [&](Index begin, Index end) {
    for (Index part = begin; part < end; ++part) {
      float *gains = sums + part * 2 * width, *biases = gains + width;
      std::fill_n(gains, 2 * width, 0.0f);
      for (Index r = part * chunk; r < std::min(rows, (part + 1) * chunk); ++r) body(r, gains, biases);
    }
  });
  kernels.add_columns(sums, 2 * width, chunks, dgain.tensor.data(), dgain.adds(), width);
  kernels.add_columns(sums + width, 2 * width, chunks, dbias.tensor.data(), dbias.adds(), width);
}

}  // namespace

void CpuBackend::layer_norm_backward(const Tensor& x, const Tensor& gain, const Tensor& dy,
                                     const Destination& dx, const Destination& dgain,
                                     const Destination& dbias) {
  const Index width = gain.count();
  in_rows_with_sums(kernels_, x.rows(), width, dgain, dbias, [&](Index r, float* gains, float* biases) {
    kernels_.layer_norm_backward(row(x, r), gain.data(), layer_norm_epsilon, row(dy, r), row(dx.tensor, r),
                                 dx.adds(), gains, biases, width);
  });
}

void CpuBackend::add_layer_norm_backward(const Tensor& sum, const Tensor& gain, const Tensor& dy,
                                         const Dropout& dropout, const Destination& db,
                                         const Destination& dgain, const Destination& dbias) {
  const Index width = gain.count();
  const cpu::Mask mask = mask_of(dropout);
  in_rows_with_sums(kernels_, sum.rows(), width, dgain, dbias, [&](Index r, float* gains, float* biases) {
    float* slope = row(dy, r);
    kernels_.layer_norm_backward(row(sum, r), gain.data(), layer_norm_epsilon, slope, slope, false, gains,
                                 biases, width);
    kernels_.accumulate(slope, 1, dropout ? &mask : nullptr, dropout.first_element(r, width),
                        row(db.tensor, r), db.adds(), width);
  });
}

}  // namespace heed
