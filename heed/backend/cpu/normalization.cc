#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

namespace {

/// y = the normalization of a row.
void normalize_row(const cpu::Kernels& kernels, const float* x, const Normalization& norm, float* y) {
  const float* gain = norm.gain.data();
  if (norm.kind == NormKind::rms)
    kernels.rms_norm(x, gain, norm.epsilon, y, norm.gain.count());
  else
    kernels.layer_norm(x, gain, norm.bias ? norm.bias.data() : nullptr, norm.epsilon, y, norm.gain.count());
}

/// A row's part in the gradients; biases may be null.
struct RowGradients {
  const float* dy;
  float* dx;
  bool adds;
  float *gains, *biases;
};

void normalize_row_backward(const cpu::Kernels& kernels, const float* x, const Normalization& norm,
                            const RowGradients& to) {
  const float* gain = norm.gain.data();
  const Index width = norm.gain.count();
  if (norm.kind == NormKind::rms)
    kernels.rms_norm_backward(x, gain, norm.epsilon, to.dy, to.dx, to.adds, to.gains, width);
  else
    kernels.layer_norm_backward(x, gain, norm.epsilon, to.dy, to.dx, to.adds, to.gains, to.biases, width);
}

/// body(row, gains, biases) for each row, which adds its share to sums of `width` each. These are made in
/// chunks of fixed size and put together in order: the number of threads does not change a bit of them.
/// Without dbias, biases is null.
template <class Body>
void in_rows_with_sums(const cpu::Kernels& kernels, Index rows, Index width, const Destination& dgain,
                       const Destination& dbias, const Body& body) {
  constexpr Index chunk = 64;
  const Index chunks = (rows + chunk - 1) / chunk, stride = dbias ? 2 * width : width;
  float* sums = scratch(chunks * stride);
  parallel_for(chunks, elements_worth_a_thread / (chunk * width + 1), [&](Index begin, Index end) {
    for (Index part = begin; part < end; ++part) {
      float *gains = sums + part * stride, *biases = dbias ? gains + width : nullptr;
      std::fill_n(gains, stride, 0.0f);
      for (Index r = part * chunk; r < std::min(rows, (part + 1) * chunk); ++r) body(r, gains, biases);
    }
  });
  kernels.add_columns(sums, stride, chunks, dgain.tensor.data(), dgain.adds(), width);
  if (dbias) kernels.add_columns(sums + width, stride, chunks, dbias.tensor.data(), dbias.adds(), width);
}

}  // namespace

void CpuBackend::normalize(const Tensor& x, const Normalization& norm, const Tensor& y) {
  in_rows(x, 2, [&](Index r) { normalize_row(kernels_, row(x, r), norm, row(y, r)); });
}

void CpuBackend::add_normalize(const Tensor& a, const Tensor& b, const Dropout& dropout,
                               const Normalization& norm, const Tensor& sum, const Tensor& y) {
  const Index width = norm.gain.count();
  const cpu::Mask mask = mask_of(dropout);
  in_rows(sum, 3, [&](Index r) {
    kernels_.add(row(a, r), row(b, r), dropout ? &mask : nullptr, dropout.first_element(r, width),
                 row(sum, r), width);
    normalize_row(kernels_, row(sum, r), norm, row(y, r));
  });
}

void CpuBackend::normalize_backward(const Tensor& x, const Normalization& norm, const Tensor& dy,
                                    const Destination& dx, const Destination& dgain,
                                    const Destination& dbias) {
  const Index width = norm.gain.count();
  in_rows_with_sums(kernels_, x.rows(), width, dgain, dbias, [&](Index r, float* gains, float* biases) {
    normalize_row_backward(kernels_, row(x, r), norm,
                           {row(dy, r), row(dx.tensor, r), dx.adds(), gains, biases});
  });
}

void CpuBackend::add_normalize_backward(const Tensor& sum, const Normalization& norm, const Tensor& dy,
                                        const Dropout& dropout, const Destination& db,
                                        const Destination& dgain, const Destination& dbias) {
  const Index width = norm.gain.count();
  const cpu::Mask mask = mask_of(dropout);
  in_rows_with_sums(kernels_, sum.rows(), width, dgain, dbias, [&](Index r, float* gains, float* biases) {
    float* slope = row(dy, r);
    normalize_row_backward(kernels_, row(sum, r), norm, {slope, slope, false, gains, biases});
    kernels_.accumulate(slope, 1, dropout ? &mask : nullptr, dropout.first_element(r, width),
                        row(db.tensor, r), db.adds(), width);
  });
}

}  // namespace heed
