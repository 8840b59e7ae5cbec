#include "heed/nn/multi_head_attention.h"

#include <array>

#include "heed/backend/reference/reference_backend.h"
#include "heed/nn/key_value_cache.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/concat.h"
#include "heed/ops/matmul.h"
#include "heed/ops/softmax.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class WithAttention : public testing::Test {
 protected:
  Variable linear(const std::string& name, const Variable& x) const {
    return ops::linear(x, parameter_of(store_, name + ".weight"), parameter_of(store_, name + ".bias"));
  }

  VariedParameters source_{1};
  ParameterStore store_{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention attention_{ParameterScope(store_), 6, 2, MultiHeadAttention::From::itself};
  Pass pass_ = Pass::inference(reference_backend());
  const Variable x_ = pass_.constant(random_tensor({4, 6}, 2));
};

Variable transposed(const Variable& x) {
  Tensor t({x.size(1), x.size(0)});
  const auto numbers = numbers_of(x.value());
  for (Index r = 0; r < x.size(0); ++r)
    for (Index c = 0; c < x.size(1); ++c)
      t.data()[c * x.size(0) + r] = numbers[static_cast<std::size_t>(r * x.size(1) + c)];
  return x.pass().constant(t);
}

TEST_F(WithAttention, is_the_output_projection_of_the_heads_side_by_side) {
  // Section 3.2.2, composed from plain operations: head i has columns 3i to 3i + 2.
  const Variable q = linear("query", x_), k = linear("key", x_), v = linear("value", x_);
  std::vector<Variable> heads;
  for (const Index column : {0, 3}) {
    const Variable scores = ops::matmul(q.narrow(1, column, 3), transposed(k.narrow(1, column, 3)));
    heads.push_back(ops::matmul(ops::softmax((1 / std::sqrt(3.0f)) * scores), v.narrow(1, column, 3)));
  }
  const Segments one = Segments::uniform(1, 4);
  const auto [queries, keys_values] = attention_.project(x_, one);
  const Variable y = attention_.attend(queries, one, keys_values, MultiHeadAttention::Mask::none);
  expect_close(y.value(), linear("output", ops::concat(heads)).value(), 1e-5);
}

TEST_F(WithAttention, projects_apart_as_together) {
  const Segments one = Segments::uniform(1, 4);
  ParameterStore store{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention to_memory{ParameterScope(store), 6, 2, MultiHeadAttention::From::encoder_output};
  const auto together = attention_.project(x_, one);
  const KeysValues apart = to_memory.project_encoder_output(x_, one);
  expect_close(to_memory.project_queries(x_).value(), together.queries.value(), 1e-6);
  expect_close(apart.keys.value(), together.keys_values.keys.value(), 1e-6);
  expect_close(apart.values.value(), together.keys_values.values.value(), 1e-6);
}

TEST_F(WithAttention, grouped_queries_look_at_shared_keys) {
  // Heads of 3 columns: heads 0 and 1 share the one head of keys and values.
  ParameterStore store{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention grouped{
      ParameterScope(store), 6, {.heads = 2, .key_value_heads = 1}, MultiHeadAttention::From::itself};
  const auto projected = [&](const std::string& name, const Variable& x) {
    return ops::linear(x, parameter_of(store, name + ".weight"), parameter_of(store, name + ".bias"));
  };
  EXPECT_EQ(parameter_of(store, "key.weight").shape(), (Shape{3, 6}));
  EXPECT_EQ(parameter_of(store, "value.bias").shape(), (Shape{3}));
  const Variable q = projected("query", x_), k = projected("key", x_), v = projected("value", x_);
  std::vector<Variable> heads;
  for (const Index column : {0, 3}) {
    const Variable scores = ops::matmul(q.narrow(1, column, 3), transposed(k));
    heads.push_back(ops::matmul(ops::softmax((1 / std::sqrt(3.0f)) * scores), v));
  }
  const Segments one = Segments::uniform(1, 4);
  const auto [queries, keys_values] = grouped.project(x_, one);
  const Variable y = grouped.attend(queries, one, keys_values, MultiHeadAttention::Mask::none);
  expect_close(y.value(), projected("output", ops::concat(heads)).value(), 1e-5);
}

TEST_F(WithAttention, rotary_attention_depends_on_distances_alone) {
  ParameterStore store{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention rotary{
      ParameterScope(store),
      8,
      {.heads = 2, .key_value_heads = 1, .biases = false, .rotary = RotaryOptions{}},
      MultiHeadAttention::From::itself};
  const Variable x = pass_.constant(random_tensor({4, 8}, 3));
  const Segments one = Segments::uniform(1, 4);
  const auto attended = [&](const std::vector<Index>& positions) {
    const auto [queries, keys_values] = rotary.project(x, one, RowList(positions));
    return rotary.attend(queries, one, keys_values, MultiHeadAttention::Mask::causal).value();
  };
  expect_close(attended({5, 6, 7, 8}), attended({0, 1, 2, 3}), 1e-5);
  EXPECT_NE(numbers_of(attended({0, 2, 4, 6})), numbers_of(attended({0, 1, 2, 3})));
  EXPECT_EQ(message_of<ShapeError>([&] { rotary.project(x, one); }), "rotate: 4 rows meet 0 positions");
}

TEST_F(WithAttention, rotary_decodes_one_at_a_time_what_it_decodes_at_once) {
  ParameterStore store{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention rotary{ParameterScope(store),
                                  8,
                                  {.heads = 4, .key_value_heads = 2, .rotary = RotaryOptions{}},
                                  MultiHeadAttention::From::itself};
  const Variable x = pass_.constant(random_tensor({5, 8}, 3));
  const auto attended = [&](const std::vector<Index>& lengths) {
    KeyValueCache cache;
    CachedPositions seen;
    std::vector<float> all;
    Index first = 0;
    for (const Index length : lengths) {
      const Segments fresh = Segments::uniform(1, length);
      std::vector<Index> positions;
      for (Index i = 0; i < length; ++i) positions.push_back(first + i);
      const auto [queries, keys_values] =
          rotary.project(x.narrow(0, first, length), fresh, RowList(positions));
      seen.grow(fresh);
      const Variable y =
          rotary.attend(queries, fresh, cache.append(keys_values, seen), MultiHeadAttention::Mask::causal);
      for (const float number : numbers_of(y.value())) all.push_back(number);
      first += length;
    }
    return tensor_of({5, 8}, all);
  };
  const Tensor at_once = attended({5});
  expect_close(attended({1, 1, 1, 1, 1}), at_once, 1e-5);
  expect_close(attended({3, 2}), at_once, 1e-5);
}

TEST_F(WithAttention, starts_with_the_same_numbers_however_its_options_are_spelled) {
  RandomParameters random(7);
  ParameterStore first(random, ParameterStore::Purpose::training),
      second(random, ParameterStore::Purpose::training);
  const MultiHeadAttention short_form{ParameterScope(first), 6, 2, MultiHeadAttention::From::itself};
  const MultiHeadAttention long_form{
      ParameterScope(second), 6, {.heads = 2, .key_value_heads = 2}, MultiHeadAttention::From::itself};
  EXPECT_EQ(numbers_of(parameter_of(first, "key.weight").value()),
            numbers_of(random.parameter("key.weight", {6, 6}, glorot(6, 6, 0.70710678f))));
  for (const std::string& name : names_of(first))
    EXPECT_EQ(numbers_of(parameter_of(first, name).value()), numbers_of(parameter_of(second, name).value()));
}

TEST_F(WithAttention, without_biases_has_weights_alone) {
  ParameterStore store{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention bare{
      ParameterScope(store), 6, {.heads = 2, .biases = false}, MultiHeadAttention::From::itself};
  EXPECT_EQ(names_of(store),
            (std::vector<std::string>{"query.weight", "key.weight", "value.weight", "output.weight"}));
}

TEST_F(WithAttention, says_which_heads_do_not_divide) {
  const auto said = [&](const MultiHeadAttention::Options& options) {
    return message_of<ConfigError>([&] {
      ParameterStore store{source_, ParameterStore::Purpose::inference};
      MultiHeadAttention(ParameterScope(store), 6, options, MultiHeadAttention::From::itself);
    });
  };
  EXPECT_EQ(said({.heads = 4}), "attention: width 6 does not divide into 4 heads");
  EXPECT_EQ(said({.heads = 3, .key_value_heads = 2}),
            "attention: 3 heads do not share 2 heads of keys and values evenly");
  EXPECT_EQ(said({.heads = 2, .rotary = RotaryOptions{}}),
            "rotary positions: heads of 3 columns do not divide into pairs");
}

TEST_F(WithAttention, names_its_parameters) {
  EXPECT_EQ(names_of(store_),
            (std::vector<std::string>{"query.weight", "key.weight", "value.weight", "query.bias", "key.bias",
                                      "value.bias", "output.weight", "output.bias"}));
}

}  // namespace
}  // namespace heed
