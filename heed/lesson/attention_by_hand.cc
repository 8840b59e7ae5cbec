#include "heed/lesson/attention_by_hand.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "heed/lesson/growth_of_scores.h"
#include "heed/lesson/table.h"
#include "heed/model/encoder.h"
#include "heed/nn/positional_encoding.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/attention.h"
#include "heed/ops/linear.h"
#include "heed/ops/matmul.h"
#include "heed/ops/normalize.h"
#include "heed/ops/softmax.h"

namespace heed {
namespace {

using nlohmann::json;

constexpr Index width = 10, heads = 2, layers = 6;
constexpr Index plotted_positions = 48, plotted_width = 32;

const Names words{"I", "love", "transformers", "!"};

// The lecture's "Input Embedding" example.
constexpr std::array embeddings{
    -0.2f, 0.1f,  0.3f,  -0.4f, 0.5f,  -0.6f, -0.1f, -0.3f, -0.2f, 0.4f,  // I
    0.3f,  -0.2f, 0.1f,  0.5f,  -0.4f, 0.2f,  -0.6f, -0.1f, -0.3f, 0.2f,  // love
    -0.4f, -0.3f, 0.6f,  -0.1f, 0.2f,  0.1f,  0.4f,  0.5f,  0.2f,  0.3f,  // transformers
    0.1f,  -0.4f, -0.2f, 0.3f,  0.2f,  -0.1f, 0.5f,  -0.3f, -0.5f, -0.4f  // !
};

Tensor tensor_of(const Shape& shape, std::span<const float> values) {
  const Tensor tensor(shape);
  std::copy(values.begin(), values.end(), tensor.data());
  return tensor;
}

json positions_lesson(Backend& backend, const Tensor& words_as_vectors, const Tensor& positions) {
  const Tensor plotted = sinusoidal_encoding(plotted_positions, plotted_width);
  Pass pass = Pass::inference(backend);
  const Variable all = pass.constant(plotted);
  const Names rows = numbered("", plotted_positions, 0);
  return {{"table", table_json(rows, numbered("", plotted_width, 0), plotted)},
          {"dot", table_json(rows, rows, ops::linear(all, all, {}).value())},
          {"added", table_json(words, numbered("", width, 0), positions)},
          {"sum", table_json(words, numbered("", width, 0), words_as_vectors)}};
}

/// The same scores through softmax at several scales.
json softmax_lesson(Backend& backend) {
  const Tensor scores = tensor_of({1, 4}, std::array{2.f, 1.f, 0.f, -1.f});
  const std::array scales{0.125f, 0.25f, 0.5f, 1.f, 2.f, 4.f, 8.f};
  json steps = json::array();
  for (const float scale : scales) {
    Pass pass = Pass::inference(backend);
    const Tensor weights = ops::softmax(scale * pass.constant(scores)).value();
    steps.push_back({{"scale", scale}, {"weights", table_json({"weights"}, words, weights)}});
  }
  return {{"scores", table_json({"scores"}, words, scores)},
          {"steps", std::move(steps)},
          {"growth", growth_of_scores(backend)}};
}

/// The weights of each head, one table a head, for a number of sequences.
json maps(Backend& backend, const Tensor& q, const Tensor& k, const AttentionShape& shape, Index sequence) {
  const Index queries = shape.queries.longest(), keys = shape.keys.longest();
  const Tensor weights({shape.queries.size(), shape.heads, queries, keys});
  backend.attention_weights(q, k, shape, weights);
  const Tensor one = weights.narrow(0, sequence, 1);
  json tables = json::array();
  for (Index head = 0; head < shape.heads; ++head)
    tables.push_back(table_json(words, words, one.narrow(1, head, 1)));
  return tables;
}

json norm_lesson(const Variable& x, const Variable& sublayer) {
  const Names columns = numbered("", width, 0);
  const Variable sum = x + sublayer;
  const Tensor ones({width});
  std::fill_n(ones.data(), width, 1.f);
  Pass& pass = x.pass();
  const Variable normal = ops::normalize(sum, {pass.constant(ones), pass.constant(Tensor::zeros({width}))});
  return {{"x", table_json(words, columns, x.value())},
          {"sublayer", table_json(words, columns, sublayer.value())},
          {"sum", table_json(words, columns, sum.value())},
          {"norm", table_json(words, columns, normal.value())}};
}

json encoder_lesson(const Variable& x) {
  const TransformerLayerConfig config{.width = width, .hidden = 4 * width, .heads = heads};
  RandomParameters random(1);
  ParameterStore store(random, ParameterStore::Purpose::inference);
  json outputs = json::array({table_json(words, numbered("", width, 0), x.value())});
  Variable y = x;
  for (Index layer = 0; layer < layers; ++layer) {
    y = EncoderLayer(ParameterScope(store) / "layers" / layer, config)(y, Segments::uniform(1, 4));
    outputs.push_back(table_json(words, numbered("", width, 0), y.value()));
  }
  return {{"parameters_a_layer", store.count() / layers}, {"outputs", std::move(outputs)}};
}

}  // namespace

json attention_by_hand(Backend& backend) {
  const Names columns = numbered("", width, 0);
  Pass pass = Pass::inference(backend);
  const Variable embedded = pass.constant(tensor_of({4, width}, embeddings));
  const Tensor positions = sinusoidal_encoding(4, width);
  const Variable x = embedded + pass.constant(positions);

  RandomParameters random(1);
  ParameterStore store(random, ParameterStore::Purpose::inference);
  const auto projection = [&](std::string_view name) {
    return (ParameterScope(store) / name).parameter("weight", {width, width}, glorot(width, width));
  };
  const Variable w_q = projection("query"), w_k = projection("key"), w_v = projection("value");
  const Variable q = ops::linear(x, w_q, {}), k = ops::linear(x, w_k, {}), v = ops::linear(x, w_v, {});
  const Variable raw = ops::linear(q, k, {}), scaled = 1 / std::sqrt(float{width}) * raw,
                 weights = ops::softmax(scaled), context = ops::matmul(weights, v);

  const Segments one = Segments::uniform(1, 4);
  json by_heads = json::array();
  for (const Index count : {Index{1}, heads, Index{5}})
    by_heads.push_back(maps(backend, q.value(), k.value(), {.heads = count, .queries = one, .keys = one}, 0));
  const AttentionShape causal{.heads = heads, .causal = true, .queries = one, .keys = one};
  // Two sentences, the second "I love": what a padded batch would hide is just not there.
  const std::array lengths{Index{4}, Index{2}};
  const auto twice = [&](const Variable& rows) {
    const Tensor both({6, width});
    both.narrow(0, 0, 4).copy_elements_of(rows.value());
    both.narrow(0, 4, 2).copy_elements_of(rows.value().narrow(0, 0, 2));
    return both;
  };
  const Segments packed = Segments::packed(lengths);
  const AttentionShape batch{.heads = heads, .queries = packed, .keys = packed};

  return {{"embedding",
           {{"vectors", table_json(words, columns, embedded.value())},
            {"dot", table_json(words, words, ops::linear(embedded, embedded, {}).value())}}},
          {"positions", positions_lesson(backend, x.value(), positions)},
          {"softmax", softmax_lesson(backend)},
          {"attention",
           {{"x", table_json(words, columns, x.value())},
            {"w_q", table_json(columns, columns, w_q.value())},
            {"w_k", table_json(columns, columns, w_k.value())},
            {"w_v", table_json(columns, columns, w_v.value())},
            {"q", table_json(words, columns, q.value())},
            {"k", table_json(words, columns, k.value())},
            {"v", table_json(words, columns, v.value())},
            {"raw", table_json(words, words, raw.value())},
            {"scaled", table_json(words, words, scaled.value())},
            {"weights", table_json(words, words, weights.value())},
            {"context", table_json(words, columns, context.value())}}},
          {"masks",
           {{"none", by_heads[1][0]},
            {"causal", maps(backend, q.value(), k.value(), causal, 0)[0]},
            {"padding", maps(backend, twice(q), twice(k), batch, 1)[0]}}},
          {"heads", std::move(by_heads)},
          {"norm", norm_lesson(x, context)},
          {"encoder", encoder_lesson(x)}};
}

}  // namespace heed
