#include <cstring>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

void CpuBackend::activate(Activation activation, const Tensor& x, const Tensor& y) {
  const auto kernel = kernels_.activate[static_cast<std::size_t>(activation)];
  in_runs({&x, &y}, [&](const Run& run) { kernel(run.of(x), run.of(y), run.count); });
}

void CpuBackend::activate_backward(Activation activation, const Tensor& x, const Tensor& dy,
                                   const Destination& dx) {
  const auto kernel = kernels_.activate_backward[static_cast<std::size_t>(activation)];
  in_runs({&x, &dy, &dx.tensor},
          [&](const Run& run) { kernel(run.of(x), run.of(dy), run.of(dx), dx.adds(), run.count); });
}

void CpuBackend::relu_backward(const Tensor& y, const Tensor& dy, float factor, const Destination& dx) {
  in_runs({&y, &dy, &dx.tensor}, [&](const Run& run) {
    kernels_.relu_backward(run.of(y), run.of(dy), factor, run.of(dx), dx.adds(), run.count);
  });
}

void CpuBackend::add(const Tensor& a, const Tensor& b, const Dropout& dropout, const Tensor& y) {
  const cpu::Mask mask = mask_of(dropout);
  in_dropped_runs({&a, &b, &y}, dropout, [&](const Run& run) {
    kernels_.add(run.of(a), run.of(b), dropout ? &mask : nullptr, run.first, run.of(y), run.count);
  });
}

void CpuBackend::accumulate(const Tensor& from, float factor, const Dropout& dropout,
                            const Destination& into) {
  const cpu::Mask mask = mask_of(dropout);
  in_dropped_runs({&from, &into.tensor}, dropout, [&](const Run& run) {
    kernels_.accumulate(run.of(from), factor, dropout ? &mask : nullptr, run.first, run.of(into), into.adds(),
                        run.count);
  });
}

void CpuBackend::multiply(const Tensor& a, const Tensor& b, const Tensor& y) {
  in_runs({&a, &b, &y},
          [&](const Run& run) { kernels_.multiply(run.of(a), run.of(b), run.of(y), run.count); });
}

void CpuBackend::accumulate_product(const Tensor& a, const Tensor& b, const Destination& into) {
  in_runs({&a, &b, &into.tensor}, [&](const Run& run) {
    kernels_.accumulate_product(run.of(a), run.of(b), run.of(into), into.adds(), run.count);
  });
}

void CpuBackend::copy(const Tensor& from, const Tensor& to) {
  if (from.type() != DataType::float32 || to.type() != DataType::float32) {
    ReferenceBackend::copy(from, to);
    return;
  }
  in_runs({&from, &to}, [&](const Run& run) {
    std::memcpy(run.of(to), run.of(from), static_cast<std::size_t>(run.count) * sizeof(float));
  });
}

void CpuBackend::copy_rows(const Tensor& from, const IndexList& from_rows, const Tensor& to,
                           const IndexList& to_rows) {
  const auto bytes = static_cast<std::size_t>(from.size(1)) * sizeof(float);
  parallel_for(from_rows.size(), elements_worth_a_thread / (from.size(1) + 1), [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) std::memcpy(row(to, to_rows[i]), row(from, from_rows[i]), bytes);
  });
}

}  // namespace heed
