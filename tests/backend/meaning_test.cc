#include <array>
#include <functional>
#include <numeric>

#include "tests/backend/backends.h"

namespace heed {
namespace {

/// What each kernel means, said another way than the kernels compute it; asked of the reference and of all
/// others.
class Meaning : public testing::TestWithParam<Backend*> {
 protected:
  Backend& backend() const { return *GetParam(); }

  Tensor random(const Shape& shape) {
    Tensor result(shape);
    for (Index i = 0; i < result.count(); ++i) result.data()[i] = random_.normal();
    return result;
  }
  static Tensor filled(const Shape& shape, float value) {
    Tensor result(shape);
    std::fill_n(result.data(), result.count(), value);
    return result;
  }
  static double inner(const Tensor& a, const Tensor& b) {
    return std::inner_product(a.data(), a.data() + a.count(), b.data(), 0.0);
  }
  /// Expects d<dy, f()>/dx, by central differences, to be what the backward pass has written.
  static void expect_slope(const Tensor& x, const Tensor& slope, const std::function<double()>& f) {
    const float step = 1e-2f;
    for (Index i = 0; i < x.count(); ++i) {
      const float before = x.data()[i];
      x.data()[i] = before + step;
      const double above = f();
      x.data()[i] = before - step;
      const double below = f();
      x.data()[i] = before;
      const double wanted = (above - below) / (2.0 * static_cast<double>(step));
      EXPECT_NEAR(slope.data()[i], wanted, 2e-3 * std::max(1.0, std::abs(wanted))) << "element " << i;
    }
  }

 private:
  Random random_{5};
};

INSTANTIATE_TEST_SUITE_P(All, Meaning, testing::ValuesIn(all_backends()),
                         [](const auto& one) { return std::string(one.param->name()); });

TEST_P(Meaning, the_ways_back_of_linear_are_its_adjoints) {
  const Tensor x = random({9, 20}), weight = random({33, 20}), dy = random({9, 33}), bias = random({33});
  Tensor y({9, 33}), dx = Tensor::zeros(x.shape()), dweight = Tensor::zeros(weight.shape()),
                     dbias = Tensor::zeros({33});
  backend().linear(x, weight, Tensor(), Activation::none, y);
  backend().linear_backward_input(dy, weight, dx);
  backend().linear_backward_weight(dy, x, dweight, dbias);
  EXPECT_NEAR(inner(dy, y), inner(dx, x), 1e-3);
  EXPECT_NEAR(inner(dy, y), inner(dweight, weight), 1e-3);
  const double without = inner(dy, y);
  backend().linear(x, weight, bias, Activation::none, y);
  EXPECT_NEAR(inner(dy, y) - without, inner(dbias, bias), 1e-3);
}

TEST_P(Meaning, equal_keys_give_the_mean_of_the_values_seen) {
  const Tensor q = random({3, 8}), k = filled({3, 8}, 0.5f), v = random({3, 8}), y({3, 8});
  const AttentionShape shape{
      .heads = 2, .causal = true, .queries = Segments::uniform(1, 3), .keys = Segments::uniform(1, 3)};
  backend().attention(q, k, v, shape, y);
  for (Index i = 0; i < 3; ++i)
    for (Index c = 0; c < 8; ++c) {
      float mean = 0;
      for (Index j = 0; j <= i; ++j) mean += v.data()[j * 8 + c] / static_cast<float>(i + 1);
      EXPECT_NEAR(y.data()[i * 8 + c], mean, 1e-5);
    }
}

TEST_P(Meaning, a_query_finds_the_key_that_is_like_it) {
  const Tensor q = Tensor::zeros({1, 4}), k = Tensor::zeros({4, 4}), v = random({4, 4}), y({1, 4});
  for (Index i = 0; i < 4; ++i) k.data()[i * 5] = 20;
  q.data()[2] = 20;
  backend().attention(q, k, v, {.queries = Segments::uniform(1, 1), .keys = Segments::uniform(1, 4)}, y);
  expect_close(y, v.narrow(0, 2, 1));
}

TEST_P(Meaning, attention_is_its_weights_times_the_values) {
  const AttentionShape shape{
      .causal = true, .queries = Segments({{0, 3}, {3, 5}}), .keys = Segments({{1, 4}, {5, 5}})};
  const Tensor q = random({8, 6}), k = random({10, 6}), v = random({10, 6}), y({8, 6}), weights({2, 1, 5, 5});
  backend().attention(q, k, v, shape, y);
  backend().attention_weights(q, k, shape, weights);
  for (Index s = 0; s < 2; ++s)
    for (Index i = 0; i < shape.queries[s].length; ++i) {
      const float* row = weights.data() + (s * 5 + i) * 5;
      EXPECT_NEAR(std::accumulate(row, row + 5, 0.0f), 1, 1e-6);
      for (Index c = 0; c < 6; ++c) {
        float wanted = 0;
        for (Index j = 0; j < shape.keys[s].length; ++j)
          wanted += row[j] * v.data()[(shape.keys[s].start + j) * 6 + c];
        EXPECT_NEAR(y.data()[(shape.queries[s].start + i) * 6 + c], wanted, 1e-5);
      }
    }
}

TEST_P(Meaning, attention_backward_is_the_slope) {
  const Tensor q = random({5, 6}), k = random({7, 6}), v = random({7, 6}), dy = random({5, 6}), y({5, 6});
  const AttentionShape shape{
      .heads = 2, .causal = true, .queries = Segments::uniform(1, 5), .keys = Segments::uniform(1, 7)};
  const auto value = [&] {
    backend().attention(q, k, v, shape, y);
    return inner(dy, y);
  };
  value();
  const Tensor dq = Tensor::zeros(q.shape()), dk = Tensor::zeros(k.shape()), dv = Tensor::zeros(v.shape());
  backend().attention_backward(q, k, v, y, shape, dy, dq, dk, dv);
  expect_slope(q, dq, value);
  expect_slope(k, dk, value);
  expect_slope(v, dv, value);
}

TEST_P(Meaning, layer_norm_gives_mean_zero_and_variance_one) {
  const Tensor x = random({4, 300}), y({4, 300});
  backend().normalize(x, {filled({300}, 1), filled({300}, 0)}, y);
  for (Index r = 0; r < 4; ++r) {
    const Tensor row = y.narrow(0, r, 1);
    EXPECT_NEAR(inner(row, filled({1, 300}, 1)) / 300, 0, 1e-5);
    EXPECT_NEAR(inner(row, row) / 300, 1, 1e-4);
  }
}

TEST_P(Meaning, layer_norm_backward_is_the_slope) {
  const Tensor x = random({3, 10}), gain = random({10}), bias = random({10}), dy = random({3, 10}),
               y({3, 10});
  const Tensor dx = Tensor::zeros(x.shape()), dgain = Tensor::zeros({10}), dbias = Tensor::zeros({10});
  const auto value = [&] {
    backend().normalize(x, {gain, bias}, y);
    return inner(dy, y);
  };
  backend().normalize_backward(x, {gain, bias}, dy, dx, dgain, dbias);
  expect_slope(x, dx, value);
  expect_slope(gain, dgain, value);
  expect_slope(bias, dbias, value);
}

TEST_P(Meaning, rms_norm_gives_a_mean_square_of_one_and_keeps_the_mean) {
  const Tensor x = random({4, 300}), y({4, 300});
  for (Index i = 0; i < x.count(); ++i) x.data()[i] += 2;
  backend().normalize(x, {.gain = filled({300}, 1), .kind = NormKind::rms}, y);
  for (Index r = 0; r < 4; ++r) {
    const Tensor row = y.narrow(0, r, 1), from = x.narrow(0, r, 1);
    EXPECT_NEAR(inner(row, row) / 300, 1, 1e-4);
    EXPECT_NEAR(row.data()[7] / row.data()[0], from.data()[7] / from.data()[0], 1e-4);
  }
}

TEST_P(Meaning, rms_norm_backward_is_the_slope) {
  const Tensor x = random({3, 10}), gain = random({10}), dy = random({3, 10}), y({3, 10});
  const Tensor dx = Tensor::zeros(x.shape()), dgain = Tensor::zeros({10});
  const Normalization norm{.gain = gain, .kind = NormKind::rms, .epsilon = 0.1f};
  const auto value = [&] {
    backend().normalize(x, norm, y);
    return inner(dy, y);
  };
  backend().normalize_backward(x, norm, dy, dx, dgain, {});
  expect_slope(x, dx, value);
  expect_slope(gain, dgain, value);
}

TEST_P(Meaning, activations_have_their_known_values_and_slopes) {
  const std::vector<std::pair<Activation, float>> known{{Activation::relu, 1.0f},
                                                        {Activation::gelu, 0.84134475f},
                                                        {Activation::silu, 0.73105858f},
                                                        {Activation::tanh, 0.76159416f},
                                                        {Activation::gelu_tanh, 0.84119199f}};
  for (const auto& [activation, at_one] : known) {
    const Tensor one = filled({1, 1}, 1), y({1, 1});
    backend().activate(activation, one, y);
    EXPECT_NEAR(y.data()[0], at_one, 1e-6);
    const Tensor x = random({1, 50}), values({1, 50}), ones = filled({1, 50}, 1), dx = Tensor::zeros({1, 50});
    for (Index i = 0; i < 50; ++i)
      if (std::abs(x.data()[i]) < 0.02f) x.data()[i] = 0.5f;  // relu has a corner
    backend().activate_backward(activation, x, ones, dx);
    expect_slope(x, dx, [&, which = activation] {
      backend().activate(which, x, values);
      return inner(ones, values);
    });
  }
}

TEST_P(Meaning, far_out_activations_are_exact_and_finite) {
  const Tensor x({1, 4}), y({1, 4});
  const std::array inputs{-1e4f, -200.0f, 200.0f, 1e4f};
  std::copy(inputs.begin(), inputs.end(), x.data());
  for (auto activation : {Activation::gelu, Activation::silu}) {
    backend().activate(activation, x, y);
    for (Index i = 0; i < 4; ++i) EXPECT_EQ(y.data()[i], std::max(0.0f, x.data()[i])) << x.data()[i];
  }
}

TEST_P(Meaning, softmax_sums_to_one_and_ignores_a_shift) {
  const Tensor x = random({3, 1000}), y({3, 1000}), shifted({3, 1000}), logarithm({3, 1000});
  backend().softmax(x, y);
  backend().log_softmax(x, logarithm);
  EXPECT_NEAR(inner(y, filled(y.shape(), 1)), 3, 1e-5);
  for (Index i = 0; i < x.count(); ++i) {
    EXPECT_NEAR(std::exp(logarithm.data()[i]), y.data()[i], 1e-6);
    x.data()[i] += 8;
  }
  backend().softmax(x, shifted);
  expect_close(shifted, y, 1e-6f);
}

TEST_P(Meaning, softmax_backward_is_the_slope) {
  const Tensor x = random({2, 7}), dy = random({2, 7}), y({2, 7}), dx = Tensor::zeros({2, 7});
  const auto value = [&] {
    backend().softmax(x, y);
    return inner(dy, y);
  };
  value();
  backend().softmax_backward(y, dy, dx);
  expect_slope(x, dx, value);
}

TEST_P(Meaning, cross_entropy_of_equal_logits_is_the_logarithm_of_the_classes) {
  const Tensor logits = filled({2, 1000}, 3), losses({2});
  backend().cross_entropy(logits, std::vector<Index>{0, 999}, 0.1f, losses, Tensor());
  EXPECT_NEAR(losses.data()[0], std::log(1000.0), 1e-5);
  EXPECT_NEAR(losses.data()[1], std::log(1000.0), 1e-5);
}

TEST_P(Meaning, cross_entropy_gives_its_slope_too) {
  const Tensor logits = random({2, 9}), losses({2}), dlogits({2, 9});
  const std::vector<Index> targets{4, 0};
  const auto value = [&] {
    backend().cross_entropy(logits, targets, 0.2f, losses, Tensor());
    return inner(losses, filled({2}, 1));
  };
  backend().cross_entropy(logits, targets, 0.2f, losses, dlogits);
  expect_slope(logits, dlogits, value);
}

TEST_P(Meaning, the_best_are_the_largest_of_log_softmax) {
  const Tensor logits = random({3, 500}), all({3, 500}), values({3, 7}), columns({3, 7}, DataType::int32);
  backend().top_log_probabilities(logits, values, columns);
  backend().log_softmax(logits, all);
  for (Index r = 0; r < 3; ++r) {
    std::vector<float> sorted(all.data() + r * 500, all.data() + (r + 1) * 500);
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    for (Index i = 0; i < 7; ++i) {
      EXPECT_NEAR(values.data()[r * 7 + i], sorted[static_cast<std::size_t>(i)], 1e-5);
      EXPECT_NEAR(all.data()[r * 500 + columns.data<std::int32_t>()[r * 7 + i]], values.data()[r * 7 + i],
                  1e-5);
    }
  }
}

TEST_P(Meaning, embedding_scales_and_adds_positions) {
  const Tensor table = random({5, 3}), places = random({9, 3}), y({2, 3});
  const std::vector<Index> tokens{4, 1}, positions{0, 8};
  backend().embed(tokens, positions, table, places, 2, {}, y);
  for (Index c = 0; c < 3; ++c) {
    EXPECT_NEAR(y.data()[c], 2 * table.data()[12 + c] + places.data()[c], 1e-6);
    EXPECT_NEAR(y.data()[3 + c], 2 * table.data()[3 + c] + places.data()[24 + c], 1e-6);
  }
}

TEST_P(Meaning, embed_backward_is_the_adjoint) {
  const Dropout dropout{.probability = 0.5f, .key = {3, 4}, .stream = 5};
  const Tensor table = random({6, 20}), dy = random({11, 20}), y({11, 20}),
               dtable = Tensor::zeros(table.shape());
  std::vector<Index> tokens(11);
  for (std::size_t i = 0; i < 11; ++i) tokens[i] = static_cast<Index>(i * i % 6);
  backend().embed(tokens, tokens, table, Tensor(), 3, dropout, y);
  backend().embed_backward(tokens, 3, dropout, dy, dtable);
  EXPECT_NEAR(inner(dy, y), inner(dtable, table), 1e-3);
}

TEST_P(Meaning, dropout_drops_its_share_and_keeps_the_mean) {
  const Index n = 200'000;
  const Tensor ones = filled({n}, 1), y = Tensor::zeros({n});
  backend().accumulate(ones, 1, {.probability = 0.3f, .key = {1, 0}, .stream = 2}, y);
  EXPECT_NEAR(static_cast<double>(std::count(y.data(), y.data() + n, 0.0f)) / n, 0.3, 0.005);
  EXPECT_NEAR(inner(y, ones) / n, 1, 0.01);
}

TEST_P(Meaning, dropout_goes_by_the_names_of_rows_and_not_by_their_places) {
  const Tensor ones = filled({3, 20}, 1), in_order = Tensor::zeros({3, 20}), elsewhere = in_order.clone();
  const auto named = [](std::vector<Index> rows) {
    return Dropout{.probability = 0.5f, .key = {1, 0}, .stream = 2, .rows = RowList(std::move(rows))};
  };
  backend().accumulate(ones, 1, named({70, 80, 90}), in_order);
  backend().accumulate(ones, 1, named({90, 70, 80}), elsewhere);
  const auto row_of = [](const Tensor& x, Index r) {
    return std::vector<float>(x.data() + r * 20, x.data() + r * 20 + 20);
  };
  EXPECT_EQ(row_of(in_order, 0), row_of(elsewhere, 1));
  EXPECT_EQ(row_of(in_order, 1), row_of(elsewhere, 2));
  EXPECT_EQ(row_of(in_order, 2), row_of(elsewhere, 0));
  EXPECT_NE(row_of(in_order, 0), row_of(in_order, 1));
}

TEST_P(Meaning, the_first_step_of_adam_is_the_learning_rate_long) {
  const Tensor parameter = filled({1, 40}, 1), gradient = random({1, 40});
  const Tensor mean = Tensor::zeros({1, 40}), variance = Tensor::zeros({1, 40});
  const std::array<AdamTensors, 1> all{{{parameter, gradient, mean, variance}}};
  backend().adam(
      all,
      {.learning_rate = 0.01f, .mean_correction = 1 / (1 - 0.9f), .variance_correction = 1 / (1 - 0.98f)});
  for (Index i = 0; i < 40; ++i)
    EXPECT_NEAR(parameter.data()[i], gradient.data()[i] > 0 ? 0.99f : 1.01f, 1e-5) << gradient.data()[i];
}

TEST_P(Meaning, the_squared_norm_is_that_of_pythagoras) {
  const std::array<Tensor, 2> all{filled({1, 70'000}, 3), filled({5}, 1)};
  EXPECT_DOUBLE_EQ(backend().squared_norm(all), 9.0 * 70'000 + 5);
}

TEST(Philox, gives_the_published_answer) {  // of Random123's known-answer tests
  const std::array<std::uint32_t, 4> wanted{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8};
  EXPECT_EQ(philox({0, 0}, {0, 0, 0, 0}), wanted);
}

}  // namespace
}  // namespace heed
