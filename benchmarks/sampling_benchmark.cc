#include <cmath>

#include "benchmarks/machine.h"
#include "heed/backend/cpu/cpu_backend.h"
#include "heed/decoding/token_sampler.h"

// One draw from a vocabulary of GPT-2's size: what a language model pays a token besides its products.

namespace heed {
namespace {

constexpr Index vocabulary = 50'257;

/// Log-probabilities with about 4 nats of entropy at a spread of 3.7, as a trained model's; 9 at 1.
std::vector<float> row(double spread) {
  const Tensor x = random_tensor({1, vocabulary});
  std::vector<float> scores(x.data(), x.data() + vocabulary);
  double sum = 0;
  for (float& score : scores) {
    score *= static_cast<float>(spread);
    sum += std::exp(static_cast<double>(score));
  }
  for (float& score : scores) score -= static_cast<float>(std::log(sum));
  return scores;
}

void draw(benchmark::State& state, const SamplingOptions& options, double spread) {
  const std::vector<float> scores = row(spread);
  TokenSampler sampler(options);
  Random random(1);
  use_threads(1);
  Index sum = 0;
  for (auto _ : state) sum += sampler.draw(scores, random);
  benchmark::DoNotOptimize(sum);
}

BENCHMARK_CAPTURE(draw, all, SamplingOptions{}, 3.7)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, all_of_a_flat_row, SamplingOptions{}, 1)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, top_k_50, SamplingOptions{.top_k = 50}, 3.7)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, top_p_0 .95, SamplingOptions{.top_p = 0.95}, 3.7)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, min_p_0 .05, SamplingOptions{.min_p = 0.05}, 3.7)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace heed

int main(int argc, char** argv) { return heed::run_benchmarks(argc, argv); }
