#include <cmath>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

void CpuBackend::softmax(const Tensor& x, const Tensor& y) {
  const Index n = x.size(x.rank() - 1);
  in_rows(x, 4, [&](Index r) {
    const cpu::RowSums sums = kernels_.row_sums(row(x, r), row(y, r), n);
    kernels_.scale_and_lower(1 / sums.exponentials, 0, row(y, r), n);
  });
}

void CpuBackend::softmax_backward(const Tensor& y, const Tensor& dy, const Destination& dx) {
  in_rows(y, 1, [&](Index r) {
    kernels_.softmax_backward(row(y, r), row(dy, r), row(dx.tensor, r), dx.adds(), y.size(y.rank() - 1));
  });
}

void CpuBackend::log_softmax(const Tensor& x, const Tensor& y) {
  const Index n = x.size(x.rank() - 1);
  in_rows(x, 2, [&](Index r) {
    const cpu::RowSums sums = kernels_.row_sums(row(x, r), nullptr, n);
    kernels_.subtract(row(x, r), sums.largest + std::log(sums.exponentials), row(y, r), n);
  });
}

void CpuBackend::cross_entropy(const Tensor& logits, const IndexList& targets, float smoothing,
                               const Tensor& losses, const Tensor& dlogits) {
  const Index classes = logits.size(1);
  const float spread = smoothing / static_cast<float>(classes);
  in_rows(logits, 2, [&](Index r) {
    const Index target = targets[r];
    const float wanted = row(logits, r)[target];  // gone afterwards if the gradient takes the logits' place
    float* slopes = dlogits ? row(dlogits, r) : nullptr;
    const cpu::RowSums sums = kernels_.row_sums(row(logits, r), slopes, classes);
    losses.data()[r] =
        sums.largest + std::log(sums.exponentials) - (1 - smoothing) * wanted - spread * sums.values;
    if (!slopes) return;
    kernels_.scale_and_lower(1 / sums.exponentials, spread, slopes, classes);
    slopes[target] -= 1 - smoothing;
  });
}

void CpuBackend::top_log_probabilities(const Tensor& logits, const Tensor& values, const Tensor& columns) {
  const Index k = values.size(1), n = logits.size(1);
  in_rows(logits, 2, [&](Index r) {
    const float* x = row(logits, r);
    const cpu::RowSums sums = kernels_.row_sums(x, nullptr, n);
    float* best = values.data() + r * k;
    kernels_.top(x, n, 0, best, columns.data<std::int32_t>() + r * k, 0, k);
    kernels_.subtract(best, sums.largest + std::log(sums.exponentials), best, k);
  });
}

}  // namespace heed
