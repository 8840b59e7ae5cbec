#include "benchmarks/machine.h"
#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/random.h"
#include "heed/decoding/translate.h"
#include "heed/model/transformer.h"
#include "heed/optim/adam.h"
#include "heed/tasks/text_pairs/batch_loss.h"

// Whole models at work: a training step, and translation. Random weights and sentences of Multi30k's lengths.

namespace heed {
namespace {

constexpr Index vocabulary = 10000, average_length = 14;

TransformerConfig config_of(std::int64_t size) {
  TransformerConfig config = transformer_preset(size == 0 ? "tiny" : size == 1 ? "small" : "base");
  config.source_vocabulary = config.target_vocabulary = vocabulary;
  return config;
}

std::vector<Index> sentence(Random& random, Index length) {
  std::vector<Index> tokens;
  for (Index i = 0; i + 1 < length; ++i) tokens.push_back(4 + random.below(vocabulary - 4));
  tokens.push_back(2);
  return tokens;
}

/// Between 6 and 22 tokens on either side, as many as the batch holds.
Batch random_batch(Index batch_tokens) {
  Random random(1);
  Batch batch;
  batch.columns.resize(2);
  while (static_cast<Index>(batch.columns[1].tokens.size()) + average_length <= batch_tokens) {
    const Index length = average_length - 8 + static_cast<Index>(random.below(17));
    const auto source = sentence(random, length), target = sentence(random, length);
    batch.columns[0].tokens.insert(batch.columns[0].tokens.end(), source.begin(), source.end());
    batch.columns[1].tokens.insert(batch.columns[1].tokens.end(), target.begin(), target.end());
    batch.columns[0].lengths.push_back(length);
    batch.columns[1].lengths.push_back(length);
  }
  return batch;
}

/// Multiplications and additions in the products of a forward pass, for these tokens alone: no padding, no
/// attention.
double product_operations(const TransformerConfig& c, const Batch& batch) {
  const double w = static_cast<double>(c.width), h = static_cast<double>(c.hidden);
  const double source = static_cast<double>(batch.columns[0].tokens.size());
  const double target = static_cast<double>(batch.columns[1].tokens.size());
  const double encoder = static_cast<double>(c.encoder_layers) * source * (4 * w * w + 2 * w * h);
  const double decoder =
      static_cast<double>(c.decoder_layers) * (target * (6 * w * w + 2 * w * h) + source * 2 * w * w);
  return 2 * (encoder + decoder + target * w * static_cast<double>(c.target_vocabulary));
}

/// 0: float32, 1: bfloat16, 2: int8
DataType type_of(std::int64_t number) {
  return std::array{DataType::float32, DataType::bfloat16, DataType::int8}.at(
      static_cast<std::size_t>(number));
}

void training_step(benchmark::State& state) {
  use_threads(state.range(2));
  trim_pool();
  Backend& backend = cpu_backend(type_of(state.range(3)));
  const TransformerConfig config = config_of(state.range(0));
  RandomParameters start(1);
  const Transformer model(config, start, ParameterStore::Purpose::training);
  std::vector<Variable> parameters;
  for (const auto& parameter : model.store().parameters()) parameters.push_back(parameter.variable);
  Adam adam(backend, parameters, {});
  const Batch batch = random_batch(state.range(1));
  const auto tokens = static_cast<double>(batch.columns[1].tokens.size());
  std::uint32_t update = 0;
  const double seconds = median_seconds(state, [&] {
    Pass pass = Pass::training(backend, {1, update++});
    pass.backward(batch_loss(model, pass, batch, 0.1f));
    adam.step({.learning_rate = 1e-4, .gradient_scale = 1 / tokens, .clip_norm = 1});
  });
  report_arithmetic(state, seconds, 3 * product_operations(config, batch), state.range(2));
  state.counters["tokens/s"] = tokens / seconds;
  // Whatever tensors needed at their most: the pool keeps it.
  const PoolUse use = pool_use();
  state.counters["tensors_MB"] = static_cast<double>(use.in_use + use.free) / 1e6;
}

void translation(benchmark::State& state) {
  use_threads(state.range(3));
  RandomParameters start(1);
  const Transformer model(config_of(state.range(0)), start, ParameterStore::Purpose::inference,
                          Placement::prepacked(cpu_backend(), type_of(state.range(4))));
  Random random(2);
  std::vector<std::vector<Index>> sources;
  for (Index i = 0; i < state.range(1); ++i) sources.push_back(sentence(random, average_length));
  // Exactly as many tokens as the source has: no EOS before.
  const SearchTokens tokens{.bos = 1, .eos = 2, .suppressed = {0, 1, 2, 3}};
  DecodingConfig decoding;
  decoding.beam = state.range(2);
  decoding.maximum_extra_length = 1;
  Index written = 0;
  const double seconds = median_seconds(state, [&] {
    written = 0;
    for (const auto& found : translate(model, cpu_backend(), sources, tokens, decoding))
      written += static_cast<Index>(found.front().tokens.size());
  });
  state.counters["tokens/s"] = static_cast<double>(written) / seconds;
}

void steps(benchmark::internal::Benchmark* b) {
  for (const std::int64_t size : {0, 1, 2})
    for (const std::int64_t tokens : {1024, 4096})
      for (const std::int64_t threads : thread_counts())
        for (const std::int64_t type : {0, 1}) b->Args({size, tokens, threads, type});
  b->ArgNames({"size", "batch", "threads", "type"})->UseRealTime()->Unit(benchmark::kMillisecond);
}

void searches(benchmark::internal::Benchmark* b) {
  for (const std::int64_t size : {0, 2})
    for (const std::int64_t sentences : {1, 32})
      for (const std::int64_t beam : {1, 5})
        for (const std::int64_t threads : thread_counts())
          for (const std::int64_t type : {0, 1, 2}) b->Args({size, sentences, beam, threads, type});
  b->ArgNames({"size", "sentences", "beam", "threads", "type"})->UseRealTime()->Unit(benchmark::kMillisecond);
}

BENCHMARK(training_step)->Apply(steps);
BENCHMARK(translation)->Apply(searches);

}  // namespace
}  // namespace heed

int main(int argc, char** argv) { return heed::run_benchmarks(argc, argv); }
