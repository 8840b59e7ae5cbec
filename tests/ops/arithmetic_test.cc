#include "heed/ops/arithmetic.h"

#include "heed/ops/gather_rows.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Arithmetic : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Arithmetic, every_backend(), backend_name);

TEST_P(Arithmetic, adds_multiplies_and_scales_element_by_element) {
  Pass pass = Pass::inference(backend());
  const Variable a = pass.constant(tensor_of({2, 2}, {1, 2, 3, 4})),
                 b = pass.constant(tensor_of({2, 2}, {5, 6, 7, -8}));
  EXPECT_EQ(numbers_of((a + b).value()), (std::vector<float>{6, 8, 10, -4}));
  EXPECT_EQ(numbers_of((a * b).value()), (std::vector<float>{5, 12, 21, -32}));
  EXPECT_EQ(numbers_of((0.5f * a).value()), (std::vector<float>{0.5f, 1, 1.5f, 2}));
}

TEST_P(Arithmetic, gradients_agree_with_difference_quotients) {
  const std::vector<Tensor> inputs = {random_tensor({3, 9}, 1), random_tensor({3, 9}, 2)};
  expect_gradients(backend(), inputs, [](Pass&, const auto& in) { return in[0] + in[1]; });
  expect_gradients(backend(), inputs, [](Pass&, const auto& in) { return in[0] * in[1]; });
  expect_gradients(backend(), {inputs[0]}, [](Pass&, const auto& in) { return -1.5f * in[0]; });
}

TEST_P(Arithmetic, gradients_of_both_uses_of_one_variable_are_summed) {
  expect_gradients(backend(), {random_tensor({3, 4}, 1)},
                   [](Pass&, const auto& in) { return (in[0] * in[0]) + (in[0] + in[0]); });
}

TEST_P(Arithmetic, gradients_of_windows_land_in_the_windows) {
  expect_gradients(backend(), {random_tensor({4, 6}, 1)}, [](Pass&, const auto& in) {
    return in[0].narrow(1, 0, 3).narrow(0, 1, 2) * in[0].narrow(1, 2, 3).narrow(0, 2, 2);
  });
}

TEST_P(Arithmetic, gradients_with_dropout_agree_when_the_seed_is_the_same) {
  const std::vector<Tensor> inputs = {random_tensor({5, 9}, 1), random_tensor({5, 9}, 2)};
  expect_gradients(backend(), inputs,
                   [](Pass&, const auto& in) { return ops::add_residual(in[0], in[1], 0.4f); });
  expect_gradients(backend(), {inputs[0]}, [](Pass&, const auto& in) { return ops::dropout(in[0], 0.4f); });
  expect_gradients(backend(), {inputs[0]}, [](Pass&, const auto& in) {
    return ops::dropout(in[0], 0.5f) + ops::dropout(in[0], 0.5f);  // two uses drop different elements
  });
}

TEST_P(Arithmetic, dropout_keeps_the_mean_and_drops_the_share_it_is_told) {
  Pass pass = Pass::training(backend(), {.seed = 11, .update = 1});
  const Index n = 40000;
  const Variable x = pass.constant(tensor_of({n / 8, 8}, std::vector<float>(n, 1)));
  const auto dropped = numbers_of(ops::dropout(x, 0.3f).value());
  const auto zeros = std::count(dropped.begin(), dropped.end(), 0.0f);
  // The share has a standard deviation of sqrt(0.3 * 0.7 / 40000) = 0.0023; four of them.
  EXPECT_NEAR(static_cast<double>(zeros) / n, 0.3, 0.0092);
  for (const float value : dropped) ASSERT_FLOAT_EQ(value, value == 0 ? 0 : 1 / 0.7f);
}

TEST_P(Arithmetic, dropout_depends_on_seed_update_and_use_alone) {
  const Tensor ones = tensor_of({8, 8}, std::vector<float>(64, 1));
  const auto uses = [&](std::uint32_t seed, std::uint32_t update) {
    Pass pass = Pass::training(backend(), {.seed = seed, .update = update});
    const Variable x = pass.constant(ones);
    return std::pair(numbers_of(ops::dropout(x, 0.5f).value()), numbers_of(ops::dropout(x, 0.5f).value()));
  };
  EXPECT_EQ(uses(1, 1), uses(1, 1));
  EXPECT_NE(uses(1, 1).first, uses(1, 1).second);
  EXPECT_NE(uses(1, 1).first, uses(2, 1).first);
  EXPECT_NE(uses(1, 1).first, uses(1, 2).first);
}

TEST_P(Arithmetic, dropout_follows_from_the_names_of_rows_not_from_their_places) {
  const auto dropped = [&](std::vector<Index> examples) {
    Pass pass = Pass::training(backend(), {.seed = 5, .update = 6}, std::move(examples));
    const Variable ones = pass.constant(tensor_of({2, 32}, std::vector<float>(64, 1)))
                              .with_row_names(pass.row_names(Segments::uniform(2, 1)));
    const Tensor y = ops::dropout(ones, 0.5f).value(),
                 sum = ops::add_residual(0.0f * ones, ones, 0.5f).value();
    return std::vector{numbers_of(y.narrow(0, 0, 1)), numbers_of(y.narrow(0, 1, 1)),
                       numbers_of(sum.narrow(0, 0, 1)), numbers_of(sum.narrow(0, 1, 1))};
  };
  const auto one_order = dropped({3, 900}), other_order = dropped({900, 3}), others = dropped({4, 901});
  EXPECT_NE(one_order[0], one_order[1]);
  EXPECT_EQ(one_order[0], other_order[1]);
  EXPECT_EQ(one_order[1], other_order[0]);
  EXPECT_EQ(one_order[2], other_order[3]);
  EXPECT_NE(one_order[0], others[0]);
}

TEST_P(Arithmetic, dropout_refuses_rows_that_lost_their_names) {
  Pass pass = Pass::training(backend(), {}, {3, 900});
  const Variable named =
      pass.constant(random_tensor({2, 4}, 1)).with_row_names(pass.row_names(Segments::uniform(2, 1)));
  EXPECT_NO_THROW(ops::dropout(named + named, 0.5f));
  EXPECT_THROW(ops::dropout(ops::gather_rows(named, {1, 0}), 0.5f), std::logic_error);
}

TEST_P(Arithmetic, dropout_leaves_an_inference_pass_alone) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(random_tensor({3, 3}, 1)), y = pass.constant(random_tensor({3, 3}, 2));
  EXPECT_EQ(numbers_of(ops::dropout(x, 0.9f).value()), numbers_of(x.value()));
  EXPECT_EQ(numbers_of(ops::add_residual(x, y, 0.9f).value()), numbers_of((x + y).value()));
}

TEST_P(Arithmetic, every_backend_drops_the_same_elements) {
  const Tensor x = random_tensor({7, 13}, 1);
  const auto dropped = [&](Backend& backend) {
    Pass pass = Pass::training(backend, {.seed = 5, .update = 6});
    return numbers_of(ops::dropout(pass.constant(x), 0.3f).value());
  };
  EXPECT_EQ(dropped(backend()), dropped(reference_backend()));
}

TEST_P(Arithmetic, takes_a_parameter_on_either_side) {
  Pass pass = Pass::training(backend(), {});
  const Variable x = pass.constant(tensor_of({1, 2}, {3, 4}));
  const Variable parameter = Variable::with_gradient(tensor_of({1, 2}, {5, 6}), nullptr);
  EXPECT_EQ(numbers_of((x + parameter).value()), numbers_of((parameter + x).value()));
  const Variable y = parameter * x;
  pass.backward(WeighedSum(y.shape())(y));
  EXPECT_TRUE(parameter.has_gradient());
}

TEST_P(Arithmetic, says_which_shapes_do_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable a = pass.constant(Tensor::zeros({2, 3})), b = pass.constant(Tensor::zeros({3, 2}));
  EXPECT_EQ(message_of<ShapeError>([&] { a + b; }), "add: [2, 3] meets [3, 2]");
  EXPECT_EQ(message_of<ShapeError>([&] { a* b; }), "multiply: [2, 3] meets [3, 2]");
}

}  // namespace
}  // namespace heed
