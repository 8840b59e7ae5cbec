#include <numeric>
#include <vector>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/runs.h"

namespace heed {
namespace {

/// Some consecutive elements of one tensor among many.
struct Piece {
  std::size_t tensor;
  Index start, count;
};

/// Pieces that cover all tensors, of a fixed size at most, whatever the number of threads. `size_of(i)` is
/// the count of tensor i.
template <class SizeOf>
std::vector<Piece> pieces_of(std::size_t tensors, const SizeOf& size_of) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < tensors; ++i)
    for (Index start = 0; start < size_of(i); start += elements_worth_a_thread)
      pieces.push_back({i, start, std::min(elements_worth_a_thread, size_of(i) - start)});
  return pieces;
}

}  // namespace

void CpuBackend::adam(std::span<const AdamTensors> parameters, const AdamStep& step) {
  const cpu::Adam how{
      step.learning_rate, step.beta1,          step.beta2,           step.epsilon,
      step.weight_decay,  step.gradient_scale, step.mean_correction, step.variance_correction};
  const auto pieces =
      pieces_of(parameters.size(), [&](std::size_t i) { return parameters[i].parameter.count(); });
  parallel_for(std::ssize(pieces), 1, [&](Index begin, Index end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      const auto& [tensor, start, count] = pieces[i];
      const auto& [parameter, gradient, mean, variance] = parameters[tensor];
      kernels_.adam(parameter.data() + start, gradient.data() + start, mean.data() + start,
                    variance.data() + start, how, count);
    }
  });
}

void CpuBackend::average_into(const Tensor& from, float weight, const Tensor& into) {
  in_runs({&from, &into},
          [&](const Run& run) { kernels_.average(run.of(from), weight, run.of(into), run.count); });
}

// The pieces' sums are put together in order.
double CpuBackend::squared_norm(std::span<const Tensor> all) {
  const auto pieces = pieces_of(all.size(), [&](std::size_t i) { return all[i].count(); });
  std::vector<double> sums(pieces.size());
  parallel_for(std::ssize(pieces), 1, [&](Index begin, Index end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      sums[i] = kernels_.squared_norm(all[pieces[i].tensor].data() + pieces[i].start, pieces[i].count);
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace heed
