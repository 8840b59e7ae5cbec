#include <dnnl.h>

#include "benchmarks/machine.h"
#include "heed/backend/cpu/cpu_backend.h"

// Matrix products at the shapes of Transformers: rows are tokens of a batch in training, hypotheses in
// decoding.

namespace heed {
namespace {

struct Operands {
  explicit Operands(const benchmark::State& state)
      : rows(state.range(0)), out(state.range(1)), in(state.range(2)), threads(state.range(3)) {
    use_threads(threads);
  }
  void report(benchmark::State& state, double seconds) const {
    report_arithmetic(state, seconds, 2.0 * static_cast<double>(rows * out * in), threads);
  }

  Index rows, out, in;
  std::int64_t threads;
  Tensor x = random_tensor({rows, in}), weight = random_tensor({out, in}), bias = random_tensor({out});
  Tensor y = random_tensor({rows, out}), dx = Tensor::zeros({rows, in}), dweight = Tensor::zeros({out, in});
};

void linear(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(
                      state, [&] { cpu_backend().linear(o.x, o.weight, o.bias, Activation::none, o.y); }));
}

void linear_backward_input(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(state, [&] { cpu_backend().linear_backward_input(o.y, o.weight, o.dx); }));
}

void linear_backward_weight(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(
                      state, [&] { cpu_backend().linear_backward_weight(o.y, o.x, o.dweight, Tensor()); }));
}

void bfloat16_linear(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(state, [&] {
             cpu_backend(DataType::bfloat16).linear(o.x, o.weight, o.bias, Activation::none, o.y);
           }));
}

void bfloat16_linear_backward_input(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(state, [&] {
             cpu_backend(DataType::bfloat16).linear_backward_input(o.y, o.weight, o.dx);
           }));
}

void bfloat16_linear_backward_weight(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(state, [&] {
             cpu_backend(DataType::bfloat16).linear_backward_weight(o.y, o.x, o.dweight, Tensor());
           }));
}

template <DataType type>
void prepacked_linear(benchmark::State& state) {
  const Operands o(state);
  const Tensor weight = cpu_backend().prepack(o.weight, type);
  o.report(state,
           median_seconds(state, [&] { cpu_backend().linear(o.x, weight, o.bias, Activation::none, o.y); }));
}

void onednn_linear(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(state, [&] {
             dnnl_sgemm('N', 'T', o.rows, o.out, o.in, 1, o.x.data(), o.in, o.weight.data(), o.in, 0,
                        o.y.data(), o.out);
           }));
}

void onednn_linear_backward_input(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(state, [&] {
             dnnl_sgemm('N', 'N', o.rows, o.in, o.out, 1, o.y.data(), o.out, o.weight.data(), o.in, 1,
                        o.dx.data(), o.in);
           }));
}

void onednn_linear_backward_weight(benchmark::State& state) {
  const Operands o(state);
  o.report(state, median_seconds(state, [&] {
             dnnl_sgemm('T', 'N', o.out, o.in, o.rows, 1, o.y.data(), o.out, o.x.data(), o.in, 1,
                        o.dweight.data(), o.in);
           }));
}

using Sizes = std::vector<std::vector<std::int64_t>>;

void in_training(benchmark::internal::Benchmark* b) {
  const Sizes tiny{
      {1000, 128, 128}, {1000, 384, 128}, {1000, 256, 128}, {1000, 128, 256}, {1000, 10000, 128}};
  const Sizes small{{1000, 256, 256}, {1000, 1024, 256}, {1000, 256, 1024}, {1000, 8000, 256}};
  const Sizes base{{1000, 512, 512}, {1000, 1536, 512}, {1000, 2048, 512}, {1000, 512, 2048}};
  for (const Sizes& sizes : {tiny, small, base, Sizes{{8000, 384, 128}}})
    for (auto size : sizes)
      for (const std::int64_t threads : thread_counts()) {
        size.push_back(threads);
        b->Args(size);
        size.pop_back();
      }
  b->ArgNames({"rows", "out", "in", "threads"})->UseRealTime()->Unit(benchmark::kMicrosecond)->MinTime(0.2);
}

void in_decoding(benchmark::internal::Benchmark* b) {
  for (const std::int64_t rows : {1, 5, 32, 160})
    for (const auto& [out, in] : {std::pair{128, 128}, {10000, 128}, {512, 512}, {2048, 512}})
      for (const std::int64_t threads : thread_counts()) b->Args({rows, out, in, threads});
  b->ArgNames({"rows", "out", "in", "threads"})->UseRealTime()->Unit(benchmark::kMicrosecond)->MinTime(0.1);
}

BENCHMARK(linear)->Apply(in_training)->Apply(in_decoding);
BENCHMARK(onednn_linear)->Apply(in_training)->Apply(in_decoding);
BENCHMARK(linear_backward_input)->Apply(in_training);
BENCHMARK(onednn_linear_backward_input)->Apply(in_training);
BENCHMARK(linear_backward_weight)->Apply(in_training);
BENCHMARK(onednn_linear_backward_weight)->Apply(in_training);
BENCHMARK(bfloat16_linear)->Apply(in_training);
BENCHMARK(bfloat16_linear_backward_input)->Apply(in_training);
BENCHMARK(bfloat16_linear_backward_weight)->Apply(in_training);
BENCHMARK_TEMPLATE(prepacked_linear, DataType::float32)->Apply(in_decoding);
BENCHMARK_TEMPLATE(prepacked_linear, DataType::bfloat16)->Apply(in_decoding);
BENCHMARK_TEMPLATE(prepacked_linear, DataType::int8)->Apply(in_decoding);

}  // namespace
}  // namespace heed

int main(int argc, char** argv) { return heed::run_benchmarks(argc, argv); }
