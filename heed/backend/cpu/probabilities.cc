#include <cmath>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

void CpuBackend::softmax(const Tensor& x, const Tensor& y) {
  const Index n = x.size(x.rank() - 1);
  in_rows(x, 4, [&](Index r) {
    const cpu::RowSums sums = kernels_.row_sums(row(x, r), n);
    kernels_.exponentials(row(x, r), sums.largest + std::log(sums.exponentials), row(y, r), n);
  });
}

void CpuBackend::softmax_backward(const Tensor& y, const Tensor& dy, const Tensor& dx) {
  in_rows(y, 1, [&](Index r) {
    kernels_.softmax_backward(row(y, r), row(dy, r), row(dx, r), y.size(y.rank() - 1));
  });
}

void CpuBackend::log_softmax(const Tensor& x, const Tensor& y) {
  const Index n = x.size(x.rank() - 1);
  in_rows(x, 2, [&](Index r) {
    const cpu::RowSums sums = kernels_.row_sums(row(x, r), n);
    kernels_.subtract(row(x, r), sums.largest + std::log(sums.exponentials), row(y, r), n);
  });
}

void CpuBackend::cross_entropy(const Tensor& logits, std::span<const Index> targets, float smoothing,
                               const Tensor& losses, const Tensor& normalisers) {
  const Index classes = logits.size(1);
  in_rows(logits, 2, [&](Index r) {
    const float* x = row(logits, r);
    const cpu::RowSums sums = kernels_.row_sums(x, classes);
    const float normaliser = sums.largest + std::log(sums.exponentials);
    losses.data()[r] = normaliser - (1 - smoothing) * x[targets[static_cast<std::size_t>(r)]] -
                       smoothing * sums.values / static_cast<float>(classes);
    normalisers.data()[r] = normaliser;
  });
}

void CpuBackend::cross_entropy_backward(const Tensor& logits, std::span<const Index> targets, float smoothing,
                                        const Tensor& normalisers, float scale, const Tensor& dlogits) {
  const Index classes = logits.size(1);
  in_rows(logits, 2, [&](Index r) {
    kernels_.cross_entropy_backward(row(logits, r), normalisers.data()[r],
                                    smoothing / static_cast<float>(classes), scale, row(dlogits, r), classes);
    row(dlogits, r)[targets[static_cast<std::size_t>(r)]] -= scale * (1 - smoothing);
  });
}

void CpuBackend::top_log_probabilities(const Tensor& logits, const Tensor& values, const Tensor& columns) {
  const Index k = values.size(1), n = logits.size(1);
  in_rows(logits, 2, [&](Index r) {
    const float* x = row(logits, r);
    const cpu::RowSums sums = kernels_.row_sums(x, n);
    float* best = values.data() + r * k;
    kernels_.top(x, n, best, columns.data<std::int32_t>() + r * k, k);
    kernels_.subtract(best, sums.largest + std::log(sums.exponentials), best, k);
  });
}

}  // namespace heed
