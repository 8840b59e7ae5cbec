#include "benchmarks/machine.h"

#include <cstdio>
#include <cstring>
#include <map>

#include "heed/backend/cpu/level.h"
#include "heed/base/parallel.h"
#include "heed/base/pinning.h"
#include "heed/base/random.h"

namespace heed {
namespace {

/// Units of work a second, the best of several tries.
template <class Work>
double best_rate(double units, const Work& work) {
  double best = 0;
  for (int i = 0; i < 7; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    best = std::max(best, units / time.count());
  }
  return best;
}

}  // namespace

double peak_arithmetic(int threads) {
  static std::map<int, double> known;
  if (const auto found = known.find(threads); found != known.end()) return found->second;
  use_threads(threads);
  const cpu::Kernels& backend = kernels_of(best_cpu_level());
  constexpr Index rounds = 4'000'000;
  return known[threads] = best_rate(static_cast<double>(threads * rounds * backend.peak_operations), [&] {
           parallel_for(threads, 1, [&](Index begin, Index end) {
             for (Index i = begin; i < end; ++i) benchmark::DoNotOptimize(backend.peak(rounds));
           });
         });
}

double peak_memory(int threads) {
  static std::map<int, double> known;
  if (const auto found = known.find(threads); found != known.end()) return found->second;
  use_threads(threads);
  constexpr Index count = 64 << 20;
  const Tensor from = Tensor::zeros({count}), to = Tensor::zeros({count});
  return known[threads] = best_rate(2.0 * count * sizeof(float), [&] {
           parallel_for(count, 1 << 20, [&](Index begin, Index end) {
             std::memcpy(to.data() + begin, from.data() + begin, static_cast<std::size_t>(end - begin) * 4);
           });
         });
}

Tensor random_tensor(const Shape& shape) {
  Tensor result(shape);
  Random random(1, static_cast<std::uint64_t>(shape.count()));
  for (Index i = 0; i < result.count(); ++i) result.data()[i] = random.normal();
  return result;
}

std::vector<std::int64_t> thread_counts() {
  static const int all = thread_count();
  return all == 1 ? std::vector<std::int64_t>{1} : std::vector<std::int64_t>{1, all};
}

void use_threads(std::int64_t threads) {
  set_thread_count(static_cast<int>(threads));
  unpin_thread();
  pin_threads();
}

void report_arithmetic(benchmark::State& state, double seconds, double operations, std::int64_t threads) {
  state.counters["GFLOP/s"] = operations / seconds * 1e-9;
  state.counters["share"] = operations / seconds / peak_arithmetic(static_cast<int>(threads));
}

void report_bytes(benchmark::State& state, double seconds, double bytes, std::int64_t threads) {
  state.counters["GB/s"] = bytes / seconds * 1e-9;
  state.counters["share"] = bytes / seconds / peak_memory(static_cast<int>(threads));
}

int run_benchmarks(int argc, char** argv) {
  for (const std::int64_t threads : thread_counts())
    std::fprintf(stderr, "peak of %d thread(s), %s: %.0f GFLOP/s in float32; main memory %.1f GB/s\n",
                 static_cast<int>(threads), kernels_of(best_cpu_level()).name,
                 peak_arithmetic(static_cast<int>(threads)) * 1e-9,
                 peak_memory(static_cast<int>(threads)) * 1e-9);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace heed
