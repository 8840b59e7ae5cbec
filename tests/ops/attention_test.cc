#include "heed/ops/attention.h"

#include <array>

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Attention : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Attention, every_backend(), backend_name);

AttentionShape shape_of(Index heads, bool causal, const std::vector<Index>& queries,
                        const std::vector<Index>& keys) {
  return {
      .heads = heads, .causal = causal, .queries = Segments::packed(queries), .keys = Segments::packed(keys)};
}

Operation attention_with(const AttentionShape& shape) {
  return [shape](Pass&, const auto& in) { return ops::attention(in[0], in[1], in[2], shape); };
}

std::vector<Tensor> queries_keys_values(Index queries, Index keys, Index width) {
  return {random_tensor({queries, width}, 1), random_tensor({keys, width}, 2),
          random_tensor({keys, width}, 3)};
}

TEST_P(Attention, is_the_softmax_of_scaled_products_times_the_values) {
  // One head of size 4: scores are q.k / 2.
  Pass pass = Pass::inference(backend());
  const Variable q = pass.constant(tensor_of({1, 4}, {2, 0, 0, 0}));
  const Variable k = pass.constant(tensor_of({2, 4}, {0, 1, 1, 1, std::log(3.0f), 1, 1, 1}));
  const Variable v = pass.constant(tensor_of({2, 4}, {1, 0, 4, 8, 0, 1, 8, 4}));
  const Tensor y = ops::attention(q, k, v, shape_of(1, false, {1}, {2})).value();
  expect_close(y, tensor_of({1, 4}, {0.25f, 0.75f, 7, 5}), 1e-5);  // weights 1/4 and 3/4
}

TEST_P(Attention, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), queries_keys_values(3, 4, 6), attention_with(shape_of(2, false, {3}, {4})));
}

TEST_P(Attention, gradients_agree_when_sequences_differ_in_length) {
  expect_gradients(backend(), queries_keys_values(6, 8, 4),
                   attention_with(shape_of(2, false, {2, 0, 1, 3}, {4, 1, 1, 2})));
}

TEST_P(Attention, gradients_agree_when_causal) {
  expect_gradients(backend(), queries_keys_values(6, 6, 4),
                   attention_with(shape_of(2, true, {4, 2}, {4, 2})));
}

TEST_P(Attention, gradients_agree_when_causal_after_a_past) {
  expect_gradients(backend(), queries_keys_values(4, 9, 4),
                   attention_with(shape_of(1, true, {1, 3}, {4, 5})));
}

TEST_P(Attention, gradients_agree_when_heads_share_keys) {
  for (const bool causal : {false, true}) {
    AttentionShape shape = shape_of(4, causal, {4, 2}, {4, 2});
    shape.key_value_heads = 2;
    expect_gradients(backend(),
                     {random_tensor({6, 8}, 1), random_tensor({6, 4}, 2), random_tensor({6, 4}, 3)},
                     attention_with(shape));
  }
}

TEST_P(Attention, gradients_agree_when_sequences_share_keys) {
  const AttentionShape shape{.heads = 2,
                             .causal = false,
                             .queries = Segments::uniform(3, 1),
                             .keys = Segments({{0, 3}, {1, 3}, {0, 3}})};
  expect_gradients(backend(), queries_keys_values(3, 4, 4), attention_with(shape));
}

TEST_P(Attention, gradients_agree_for_windows_of_one_block) {
  const std::array<Index, 2> lengths{2, 3};
  const AttentionShape shape{
      .heads = 2, .causal = true, .queries = Segments::packed(lengths), .keys = Segments::packed(lengths)};
  expect_gradients(backend(), {random_tensor({5, 12}, 1)}, [&](Pass&, const auto& in) {
    return ops::attention(in[0].narrow(1, 0, 4), in[0].narrow(1, 4, 4), in[0].narrow(1, 8, 4), shape);
  });
}

TEST_P(Attention, a_causal_query_ignores_what_comes_after_it) {
  Pass pass = Pass::inference(backend());
  auto tensors = queries_keys_values(4, 4, 6);
  const auto attended = [&] {
    return numbers_of(ops::attention(pass.constant(tensors[0]), pass.constant(tensors[1]),
                                     pass.constant(tensors[2]), shape_of(3, true, {4}, {4}))
                          .value()
                          .narrow(0, 0, 3));
  };
  const auto before = attended();
  for (const Tensor& x : {tensors[1], tensors[2]}) std::fill_n(x.data() + 18, 6, 1e6f);
  EXPECT_EQ(attended(), before);
}

TEST_P(Attention, ignores_rows_that_no_sequence_has) {
  // Two queries and three keys stand apart from each other; what lies between them is not a number.
  auto tensors = queries_keys_values(6, 6, 4);
  for (Tensor& x : tensors)
    for (const Index row : {0, 3}) std::fill_n(x.data() + row * 4, 4, NAN);
  const AttentionShape shape{
      .heads = 2, .causal = false, .queries = Segments({{1, 2}, {5, 1}}), .keys = Segments({{1, 2}, {4, 2}})};
  tensor_of({6, 4}, std::vector<float>(24, NAN));  // the memory that the result is likely to get
  Pass pass = Pass::training(backend(), {});
  std::vector<Variable> in;
  for (const Tensor& x : tensors) in.push_back(Variable::with_gradient(x, &pass));
  const Variable y = ops::attention(in[0], in[1], in[2], shape);
  for (const float number : numbers_of(y.value())) EXPECT_TRUE(std::isfinite(number));
  pass.backward(WeighedSum(y.shape())(y));
  for (const Variable& x : in)
    for (const float number : numbers_of(x.gradient())) EXPECT_TRUE(std::isfinite(number));
}

TEST_P(Attention, stays_finite_for_large_scores) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(random_tensor({3, 4}, 1, 300));
  for (const float number : numbers_of(ops::attention(x, x, x, shape_of(1, true, {3}, {3})).value()))
    EXPECT_TRUE(std::isfinite(number));
}

TEST_P(Attention, shows_an_observer_its_name_and_the_weights_of_every_head) {
  Pass pass = Pass::inference(backend());
  std::string layer;
  Tensor weights;
  pass.observe_attention([&](std::string_view name, const Tensor& seen) { layer = name, weights = seen; });
  const auto tensors = queries_keys_values(5, 6, 4);
  ops::attention(pass.constant(tensors[0]), pass.constant(tensors[1]), pass.constant(tensors[2]),
                 shape_of(2, false, {3, 2}, {4, 2}), "encoder.layers.0.self_attention");
  EXPECT_EQ(layer, "encoder.layers.0.self_attention");
  ASSERT_EQ(weights.shape(), (Shape{2, 2, 3, 4}));
  const std::vector<float> w = numbers_of(weights);
  for (std::size_t row = 0; row < 12; ++row) {
    const float sum = w[row * 4] + w[row * 4 + 1] + w[row * 4 + 2] + w[row * 4 + 3];
    const bool real = row < 6 || row % 3 < 2;  // the second sequence has two queries
    EXPECT_NEAR(sum, real ? 1 : 0, 1e-5) << "row " << row;
    if (row >= 6) {
      EXPECT_EQ(w[row * 4 + 2] + w[row * 4 + 3], 0) << "row " << row;  // and two keys
    }
  }
}

TEST_P(Attention, says_what_does_not_fit) {
  Pass pass = Pass::inference(backend());
  const auto said = [&](const Shape& q, const Shape& k, const Shape& v, const AttentionShape& shape) {
    return message_of<ShapeError>([&] {
      ops::attention(pass.constant(Tensor::zeros(q)), pass.constant(Tensor::zeros(k)),
                     pass.constant(Tensor::zeros(v)), shape);
    });
  };
  EXPECT_EQ(said({2, 6}, {2, 6}, {2, 6}, shape_of(4, false, {2}, {2})),
            "attention: width 6 does not divide into 4 heads");
  EXPECT_EQ(said({2, 6}, {3, 6}, {2, 6}, shape_of(2, false, {2}, {2})),
            "attention: queries [2, 6], keys [3, 6] and values [2, 6] do not fit each other");
  AttentionShape grouped = shape_of(3, false, {2}, {2});
  grouped.key_value_heads = 2;
  EXPECT_EQ(said({2, 6}, {2, 4}, {2, 4}, grouped), "attention: 3 heads do not share 2 heads of keys evenly");
  grouped.key_value_heads = 1;
  EXPECT_EQ(said({2, 6}, {2, 6}, {2, 6}, grouped),
            "attention: queries [2, 6], keys [2, 6] and values [2, 6] do not fit each other");
  EXPECT_EQ(said({2, 6}, {2, 6}, {2, 6}, shape_of(2, false, {1, 1}, {2})),
            "attention: 2 sequences of queries meet 1 of keys");
  EXPECT_EQ(said({2, 6}, {2, 6}, {2, 6}, shape_of(2, false, {2}, {3})),
            "attention: sequences end at rows 2 and 3 of 2 queries and 2 keys");
  EXPECT_EQ(said({2, 6}, {2, 6}, {2, 6}, shape_of(2, true, {2}, {1})),
            "attention: sequence 0 has 2 queries and 1 keys: a query would see none");
  EXPECT_EQ(said({2, 6}, {2, 6}, {2, 6}, shape_of(2, false, {2}, {0})),
            "attention: sequence 0 has 2 queries and 0 keys: a query would see none");
}

}  // namespace
}  // namespace heed
