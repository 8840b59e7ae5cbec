#include "tests/backend/backends.h"

namespace heed {
namespace {

class Probabilities : public AgainstReference {};

INSTANTIATE_TEST_SUITE_P(All, Probabilities,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{7, 33}, Size{64, 128},
                                                          Size{19, 10'007})),
                         name_of_case);

TEST_P(Probabilities, softmax_and_its_logarithm_match) {
  const Tensor x = random_window(rows(), columns());
  Tensor given({rows(), columns()}), wanted(given.shape());
  fast().softmax(x, given);
  slow().softmax(x, wanted);
  expect_close(given, wanted, 2e-6f);
  fast().log_softmax(x, given);
  slow().log_softmax(x, wanted);
  expect_close(given, wanted);
}

TEST_P(Probabilities, masked_and_huge_logits_are_safe) {
  const Tensor x = random({rows(), columns()}, 1000);
  for (Index r = 0; r < rows(); ++r)
    for (Index c = 1; c < columns(); c += 3) x.data()[r * columns() + c] = -INFINITY;
  Tensor given(x.shape()), wanted(x.shape());
  fast().softmax(x, given);
  slow().softmax(x, wanted);
  expect_close(given, wanted, 1e-4f);  // e^x magnifies the last bit of logits around 1000
}

TEST_P(Probabilities, softmax_backward_matches) {
  Tensor y({rows(), columns()});
  slow().softmax(random(y.shape()), y);
  const Tensor dy = random(y.shape()), given = random(y.shape()), wanted = given.clone();
  fast().softmax_backward(y, dy, given);
  slow().softmax_backward(y, dy, wanted);
  expect_close(given, wanted);
}

TEST_P(Probabilities, cross_entropy_matches_both_ways) {
  const Tensor logits = random({rows(), columns()}, 2);
  const auto targets = random_indices(rows(), columns());
  for (float smoothing : {0.0f, 0.1f}) {
    Tensor losses({rows()}), losses_alone({rows()}), losses_wanted({rows()});
    Tensor given(logits.shape()), wanted(logits.shape());
    fast().cross_entropy(logits, targets, smoothing, losses, given);
    slow().cross_entropy(logits, targets, smoothing, losses_wanted, wanted);
    expect_close(losses, losses_wanted);
    expect_close(given, wanted, 2e-6f);
    fast().cross_entropy(logits, targets, smoothing, losses_alone, Tensor());
    expect_same(losses_alone, losses);
    for (Backend* backend : {&fast(), &slow()}) {
      const Tensor in_place = logits.clone();
      backend->cross_entropy(in_place, targets, smoothing, losses, in_place);
      expect_same(in_place, backend == &fast() ? given : wanted);
    }
  }
}

TEST_P(Probabilities, the_best_columns_match_and_ties_go_to_the_lower) {
  const Tensor logits = random({rows(), columns()});
  for (Index i = 0; i < logits.count(); ++i)  // coarse: many ties
    logits.data()[i] = std::round(4 * logits.data()[i]);
  for (Index k : {Index{1}, Index{5}, Index{20}}) {
    k = std::min(k, columns());
    Tensor values({rows(), k}), values_wanted({rows(), k});
    Tensor best({rows(), k}, DataType::int32), best_wanted({rows(), k}, DataType::int32);
    fast().top_log_probabilities(logits, values, best);
    slow().top_log_probabilities(logits, values_wanted, best_wanted);
    expect_close(values, values_wanted);
    for (Index i = 0; i < best.count(); ++i)
      ASSERT_EQ(best.data<std::int32_t>()[i], best_wanted.data<std::int32_t>()[i]) << i << " of " << k;
  }
}

/// A product whose logits are small whole numbers: every type gives the same, and many tie.
TEST_P(Probabilities, the_best_columns_of_a_product_match_and_ties_go_to_the_lower) {
  constexpr Index in = 8, classes = 2500;  // more than one group of them
  const Tensor x = random({rows(), in}), weight = random({classes, in}), bias = random({classes});
  for (const Tensor* numbers : {&x, &weight, &bias})
    for (Index i = 0; i < numbers->count(); ++i) numbers->data()[i] = std::round(numbers->data()[i]);
  // In int8 whole numbers stay what they are where the largest of a row is 127; here it meets zeros.
  for (Index r = 0; r < rows(); ++r) x.data()[r * in] = 127, x.data()[r * in + 1] = 0;
  for (Index c = 0; c < classes; ++c) weight.data()[c * in] = 0, weight.data()[c * in + 1] = 127;
  for (const DataType type : {DataType::float32, DataType::bfloat16, DataType::int8})
    for (Index k : {Index{1}, Index{10}}) {
      Tensor values({rows(), k}), values_wanted({rows(), k});
      Tensor best({rows(), k}, DataType::int32), best_wanted({rows(), k}, DataType::int32);
      fast().linear_top_log_probabilities(x, fast().prepack(weight, type), bias, values, best);
      slow().linear_top_log_probabilities(x, weight, bias, values_wanted, best_wanted);
      expect_close(values, values_wanted);
      for (Index i = 0; i < best.count(); ++i)
        ASSERT_EQ(best.data<std::int32_t>()[i], best_wanted.data<std::int32_t>()[i]) << i << " of " << k;
    }
}

TEST_P(Probabilities, the_best_of_a_row_do_not_depend_on_its_neighbors_or_on_the_threads) {
  constexpr Index in = 40, classes = 3000, k = 10;
  const Tensor x = random({rows(), in}), weight = fast().prepack(random({classes, in}), DataType::float32);
  const Tensor together({rows(), k}), alone({1, k});
  const Tensor columns({rows(), k}, DataType::int32), column({1, k}, DataType::int32);
  fast().linear_top_log_probabilities(x, weight, {}, together, columns);
  set_thread_count(1);
  for (Index r = 0; r < rows(); r += 37) {
    fast().linear_top_log_probabilities(x.narrow(0, r, 1), weight, {}, alone, column);
    expect_same(alone, together.narrow(0, r, 1));
    for (Index i = 0; i < k; ++i)
      EXPECT_EQ(column.data<std::int32_t>()[i], columns.data<std::int32_t>()[r * k + i]);
  }
}

}  // namespace
}  // namespace heed
