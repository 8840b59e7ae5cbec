#include <cmath>

#include "benchmarks/machine.h"
#include "heed/backend/cpu/cpu_backend.h"

// Kernels that do little with each element: bytes read and written, against what main memory gives.

namespace heed {
namespace {

constexpr Index rows = 1000, width = 128, classes = 10'000;
const Dropout dropout{.probability = 0.3f, .key = {1, 2}, .stream = 3};

/// Runs a kernel that moves `floats` numbers.
template <class Kernel>
void measure(benchmark::State& state, Index floats, const Kernel& kernel) {
  const std::int64_t threads = state.range(0);
  use_threads(threads);
  report_bytes(state, median_seconds(state, kernel), static_cast<double>(floats) * sizeof(float), threads);
}

void add(benchmark::State& state) {
  const Tensor a = random_tensor({rows, width}), b = random_tensor({rows, width}),
               y = random_tensor({rows, width});
  measure(state, 3 * y.count(), [&] { cpu_backend().add(a, b, {}, y); });
}

void add_with_dropout(benchmark::State& state) {
  const Tensor a = random_tensor({rows, width}), b = random_tensor({rows, width}),
               y = random_tensor({rows, width});
  measure(state, 3 * y.count(), [&] { cpu_backend().add(a, b, dropout, y); });
}

void gelu(benchmark::State& state) {
  const Tensor x = random_tensor({rows, 4 * width}), y = random_tensor({rows, 4 * width});
  measure(state, 2 * y.count(), [&] { cpu_backend().activate(Activation::gelu, x, y); });
}

void gelu_tanh(benchmark::State& state) {
  const Tensor x = random_tensor({rows, 4 * width}), y = random_tensor({rows, 4 * width});
  measure(state, 2 * y.count(), [&] { cpu_backend().activate(Activation::gelu_tanh, x, y); });
}

void silu_backward(benchmark::State& state) {
  const Tensor x = random_tensor({rows, 4 * width}), dy = random_tensor(x.shape()),
               dx = random_tensor(x.shape());
  measure(state, 4 * x.count(), [&] { cpu_backend().activate_backward(Activation::silu, x, dy, dx); });
}

void layer_norm(benchmark::State& state) {
  const Tensor x = random_tensor({rows, width}), y = random_tensor({rows, width}),
               gain = random_tensor({width});
  measure(state, 2 * y.count(), [&] { cpu_backend().normalize(x, {gain, gain}, y); });
}

void layer_norm_backward(benchmark::State& state) {
  const Tensor x = random_tensor({rows, width}), dy = random_tensor(x.shape()), dx = random_tensor(x.shape());
  const Tensor gain = random_tensor({width}), dgain = random_tensor({width}), dbias = random_tensor({width});
  measure(state, 4 * x.count(), [&] { cpu_backend().normalize_backward(x, {gain}, dy, dx, dgain, dbias); });
}

void rms_norm(benchmark::State& state) {
  const Tensor x = random_tensor({rows, width}), y = random_tensor({rows, width});
  const Normalization norm{.gain = random_tensor({width}), .kind = NormKind::rms};
  measure(state, 2 * y.count(), [&] { cpu_backend().normalize(x, norm, y); });
}

void rms_norm_backward(benchmark::State& state) {
  const Tensor x = random_tensor({rows, width}), dy = random_tensor(x.shape()), dx = random_tensor(x.shape());
  const Tensor dgain = random_tensor({width});
  const Normalization norm{.gain = random_tensor({width}), .kind = NormKind::rms};
  measure(state, 4 * x.count(), [&] { cpu_backend().normalize_backward(x, norm, dy, dx, dgain, {}); });
}

/// Queries and keys of 4 heads each, 64 columns wide.
void rotate(benchmark::State& state) {
  const Tensor x = random_tensor({rows, 512});
  std::vector<Index> positions(rows);
  for (std::size_t i = 0; i < positions.size(); ++i) positions[i] = static_cast<Index>(i);
  const Rotary rotary{8, std::vector<float>(32, 0.01f), static_cast<RotaryPairing>(state.range(1))};
  measure(state, 2 * x.count(),
          [&] { cpu_backend().rotate(x, positions, rotary, Backend::Direction::forward); });
}

std::vector<Index> some_tokens() {
  std::vector<Index> tokens(rows);
  for (std::size_t i = 0; i < tokens.size(); ++i) tokens[i] = static_cast<Index>(i * i % classes);
  return tokens;
}

void embed(benchmark::State& state) {
  const Tensor table = random_tensor({classes, width}), y = random_tensor({rows, width});
  const auto tokens = some_tokens();
  measure(state, 3 * y.count(), [&] { cpu_backend().embed(tokens, tokens, table, table, 11, dropout, y); });
}

void embed_backward(benchmark::State& state) {
  const Tensor dtable = random_tensor({classes, width}), dy = random_tensor({rows, width});
  const auto tokens = some_tokens();
  measure(state, 3 * dy.count(), [&] { cpu_backend().embed_backward(tokens, 11, dropout, dy, dtable); });
}

void cross_entropy(benchmark::State& state) {
  const Tensor logits = random_tensor({rows, classes}), losses({rows});
  const auto targets = some_tokens();
  measure(state, logits.count(), [&] { cpu_backend().cross_entropy(logits, targets, 0.1f, losses, {}); });
}

void cross_entropy_with_gradient(benchmark::State& state) {
  const Tensor logits = random_tensor({rows, classes}), dlogits = random_tensor({rows, classes});
  const Tensor losses({rows});
  const auto targets = some_tokens();
  measure(state, 2 * logits.count(),
          [&] { cpu_backend().cross_entropy(logits, targets, 0.1f, losses, dlogits); });
}

void top_log_probabilities(benchmark::State& state) {
  const Tensor logits = random_tensor({160, classes}), values({160, 10}), columns({160, 10}, DataType::int32);
  measure(state, logits.count(), [&] { cpu_backend().top_log_probabilities(logits, values, columns); });
}

void adam(benchmark::State& state) {
  const Shape shape{2'000'000};
  const Tensor parameter = random_tensor(shape), gradient = random_tensor(shape), mean = random_tensor(shape);
  const Tensor variance = Tensor::zeros(shape);
  const AdamStep step{.learning_rate = 1e-4f};
  const std::array<AdamTensors, 1> all{{{parameter, gradient, mean, variance}}};
  measure(state, 7 * parameter.count(), [&] { cpu_backend().adam(all, step); });
}

void squared_norm(benchmark::State& state) {
  const std::array<Tensor, 1> x{random_tensor({2'000'000})};
  measure(state, x[0].count(), [&] { benchmark::DoNotOptimize(cpu_backend().squared_norm(x)); });
}

void with_threads(benchmark::internal::Benchmark* b) {
  for (const std::int64_t threads : thread_counts()) b->Args({threads});
  b->ArgNames({"threads"})->UseRealTime()->Unit(benchmark::kMicrosecond)->MinTime(0.2);
}

void with_threads_and_pairings(benchmark::internal::Benchmark* b) {
  for (const RotaryPairing pairing : {RotaryPairing::half_split, RotaryPairing::interleaved})
    for (const std::int64_t threads : thread_counts()) b->Args({threads, static_cast<std::int64_t>(pairing)});
  b->ArgNames({"threads", "pairing"})->UseRealTime()->Unit(benchmark::kMicrosecond)->MinTime(0.2);
}

BENCHMARK(add)->Apply(with_threads);
BENCHMARK(add_with_dropout)->Apply(with_threads);
BENCHMARK(gelu)->Apply(with_threads);
BENCHMARK(gelu_tanh)->Apply(with_threads);
BENCHMARK(silu_backward)->Apply(with_threads);
BENCHMARK(layer_norm)->Apply(with_threads);
BENCHMARK(layer_norm_backward)->Apply(with_threads);
BENCHMARK(rms_norm)->Apply(with_threads);
BENCHMARK(rms_norm_backward)->Apply(with_threads);
BENCHMARK(rotate)->Apply(with_threads_and_pairings);
BENCHMARK(embed)->Apply(with_threads);
BENCHMARK(embed_backward)->Apply(with_threads);
BENCHMARK(cross_entropy)->Apply(with_threads);
BENCHMARK(cross_entropy_with_gradient)->Apply(with_threads);
BENCHMARK(top_log_probabilities)->Apply(with_threads);
BENCHMARK(adam)->Apply(with_threads);
BENCHMARK(squared_norm)->Apply(with_threads);

}  // namespace
}  // namespace heed

int main(int argc, char** argv) { return heed::run_benchmarks(argc, argv); }
