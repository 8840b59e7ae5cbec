#include "benchmarks/machine.h"
#include "heed/backend/cpu/cpu_backend.h"

// Attention over sequences that are packed one after the other. Only what may be seen counts as work.

namespace heed {
namespace {

struct Operands {
  explicit Operands(const benchmark::State& state)
      : sequences(state.range(0)),
        length(state.range(1)),
        heads(state.range(2)),
        width(state.range(2) * state.range(3)),
        causal(state.range(4) != 0),
        threads(state.range(5)) {
    use_threads(threads);
  }
  AttentionShape self() const {
    return {.heads = heads,
            .causal = causal,
            .queries = Segments::uniform(sequences, length),
            .keys = Segments::uniform(sequences, length)};
  }
  /// Multiplications and additions of one product of queries with keys.
  double operations() const {
    const auto n = static_cast<double>(length), pairs = causal ? n * (n + 1) / 2 : n * n;
    return 2.0 * static_cast<double>(sequences * width) * pairs;
  }
  static Tensor window(const Tensor& x, Index i) { return x.narrow(1, i * x.size(1) / 3, x.size(1) / 3); }

  Index sequences, length, heads, width;
  bool causal;
  std::int64_t threads;
  Tensor qkv = random_tensor({sequences * length, 3 * width}), gradients = Tensor::zeros(qkv.shape());
  Tensor y = random_tensor({sequences * length, width}), dy = random_tensor(y.shape());
  Tensor q = window(qkv, 0), k = window(qkv, 1), v = window(qkv, 2);
};

void attention(benchmark::State& state) {
  const Operands o(state);
  const AttentionShape shape = o.self();
  const double seconds = median_seconds(state, [&] { cpu_backend().attention(o.q, o.k, o.v, shape, o.y); });
  report_arithmetic(state, seconds, 2 * o.operations(), o.threads);
}

void attention_backward(benchmark::State& state) {
  const Operands o(state);
  const AttentionShape shape = o.self();
  const auto gradient = [&](Index i) { return Operands::window(o.gradients, i); };
  const double seconds = median_seconds(state, [&] {
    cpu_backend().attention_backward(o.q, o.k, o.v, o.y, shape, o.dy, gradient(0), gradient(1), gradient(2));
  });
  report_arithmetic(state, seconds, 5 * o.operations(), o.threads);
}

/// One query a hypothesis; with `shared`, as many hypotheses look at the same keys.
void attention_in_decoding(benchmark::State& state) {
  const Index hypotheses = state.range(0), keys = state.range(1), heads = state.range(2);
  const Index width = heads * state.range(3), shared = state.range(4);
  use_threads(state.range(5));
  const Tensor q = random_tensor({hypotheses, width}), y = random_tensor({hypotheses, width});
  const Tensor k = random_tensor({hypotheses * keys, width}), v = random_tensor({hypotheses * keys, width});
  std::vector<Segment> segments;
  for (Index i = 0; i < hypotheses; ++i) segments.push_back({i / shared * keys, keys});
  const AttentionShape shape{
      .heads = heads, .queries = Segments::uniform(hypotheses, 1), .keys = Segments(segments)};
  const double seconds = median_seconds(state, [&] { cpu_backend().attention(q, k, v, shape, y); });
  report_arithmetic(state, seconds, 4.0 * static_cast<double>(hypotheses * keys * width), state.range(5));
}

/// One query that looks at the keys of one sequence, several heads at each head of keys.
void grouped_attention_in_decoding(benchmark::State& state) {
  const Index keys = state.range(0), heads = state.range(1), key_heads = state.range(2), size = 64;
  use_threads(state.range(3));
  const Tensor q = random_tensor({1, heads * size}), y = random_tensor(q.shape());
  const Tensor k = random_tensor({keys, key_heads * size}), v = random_tensor(k.shape());
  const AttentionShape shape{.heads = heads,
                             .key_value_heads = key_heads,
                             .queries = Segments::uniform(1, 1),
                             .keys = Segments::uniform(1, keys)};
  const double seconds = median_seconds(state, [&] { cpu_backend().attention(q, k, v, shape, y); });
  report_arithmetic(state, seconds, 4.0 * static_cast<double>(keys * heads * size), state.range(3));
}

void in_training(benchmark::internal::Benchmark* b) {
  for (const auto& size : std::vector<std::vector<std::int64_t>>{
           {64, 16, 4, 32}, {64, 30, 4, 32}, {64, 16, 8, 64}, {8, 128, 8, 64}, {2, 512, 8, 64}})
    for (const std::int64_t causal : {0, 1})
      for (const std::int64_t threads : thread_counts())
        b->Args({size[0], size[1], size[2], size[3], causal, threads});
  b->ArgNames({"sequences", "length", "heads", "size", "causal", "threads"})
      ->UseRealTime()
      ->Unit(benchmark::kMicrosecond)
      ->MinTime(0.1);
}

void in_decoding(benchmark::internal::Benchmark* b) {
  for (const auto& size : std::vector<std::vector<std::int64_t>>{{1, 20, 4, 32, 1},
                                                                 {5, 20, 4, 32, 5},
                                                                 {160, 20, 4, 32, 1},
                                                                 {160, 20, 4, 32, 5},
                                                                 {160, 20, 8, 64, 1},
                                                                 {160, 64, 8, 64, 5}})
    for (const std::int64_t threads : thread_counts())
      b->Args({size[0], size[1], size[2], size[3], size[4], threads});
  b->ArgNames({"hypotheses", "keys", "heads", "size", "shared", "threads"})
      ->UseRealTime()
      ->Unit(benchmark::kMicrosecond)
      ->MinTime(0.1);
}

void with_key_heads(benchmark::internal::Benchmark* b) {
  for (const std::int64_t keys : {64, 1024})
    for (const std::int64_t key_heads : {8, 2, 1})
      for (const std::int64_t threads : thread_counts()) b->Args({keys, 8, key_heads, threads});
  b->ArgNames({"keys", "heads", "key_heads", "threads"})
      ->UseRealTime()
      ->Unit(benchmark::kMicrosecond)
      ->MinTime(0.1);
}

BENCHMARK(attention)->Apply(in_training);
BENCHMARK(attention_backward)->Apply(in_training);
BENCHMARK(attention_in_decoding)->Apply(in_decoding);
BENCHMARK(grouped_attention_in_decoding)->Apply(with_key_heads);

}  // namespace
}  // namespace heed

int main(int argc, char** argv) { return heed::run_benchmarks(argc, argv); }
