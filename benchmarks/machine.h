#pragma once
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "heed/tensor/tensor.h"

namespace heed {

/// Floating-point operations a second that this many threads reach in registers; measured once a run.
double peak_arithmetic(int threads);
/// Bytes a second that they copy within main memory, read and written ones counted.
double peak_memory(int threads);

/// Normal random numbers.
Tensor random_tensor(const Shape& shape);

/// Threads to measure with: one, and all that there are.
std::vector<std::int64_t> thread_counts();

/// Sets the threads of this thread's loops and pins them.
void use_threads(std::int64_t threads);

/// Runs work as often as the state asks; the median of the times in seconds, which others on the machine
/// disturb least.
template <class Work>
double median_seconds(benchmark::State& state, const Work& work) {
  std::vector<double> times;
  work();  // memory is touched for the first time, and code read
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

/// Reports operations a second, and their share of the peak.
void report_arithmetic(benchmark::State& state, double seconds, double operations, std::int64_t threads);
/// Reports bytes a second, and their share of what main memory gives; caches may give more.
void report_bytes(benchmark::State& state, double seconds, double bytes, std::int64_t threads);

/// main() of each benchmark: says what the machine can do, then runs.
int run_benchmarks(int argc, char** argv);

}  // namespace heed
