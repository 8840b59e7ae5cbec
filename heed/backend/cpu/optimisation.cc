#include <numeric>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"

namespace heed {

void CpuBackend::adam(const Tensor& parameter, const Tensor& gradient, const Tensor& mean,
                      const Tensor& variance, const AdamStep& step) {
  const cpu::Adam how{
      step.learning_rate, step.beta1,          step.beta2,           step.epsilon,
      step.weight_decay,  step.gradient_scale, step.mean_correction, step.variance_correction};
  in_runs({&parameter, &gradient, &mean, &variance}, [&](const Run& run) {
    kernels_.adam(run.of(parameter), run.of(gradient), run.of(mean), run.of(variance), how, run.count);
  });
}

void CpuBackend::average_into(const Tensor& from, float weight, const Tensor& into) {
  in_runs({&from, &into},
          [&](const Run& run) { kernels_.average(run.of(from), weight, run.of(into), run.count); });
}

// In chunks of fixed size, put together in order, whatever the number of threads.
double CpuBackend::squared_norm(const Tensor& x) {
  constexpr Index chunk = 16'384;
  const Index count = x.count(), chunks = (count + chunk - 1) / chunk;
  auto* sums = reinterpret_cast<double*>(scratch(2 * chunks));
  parallel_for(chunks, 2, [&](Index begin, Index end) {
    for (Index part = begin; part < end; ++part)
      sums[part] = kernels_.squared_norm(x.data() + part * chunk, std::min(chunk, count - part * chunk));
  });
  return std::accumulate(sums, sums + chunks, 0.0);
}

}  // namespace heed
