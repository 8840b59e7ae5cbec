#include "heed/ops/layer_norm.h"

#include "heed/ops/arithmetic.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class LayerNormOperation : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, LayerNormOperation, every_backend(), backend_name);

TEST_P(LayerNormOperation, brings_each_row_to_mean_0_and_variance_1_then_scales_and_shifts) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({2, 4}, {1, -1, 1, -1, 105, 95, 95, 105}));
  const Variable gain = pass.constant(tensor_of({4}, {1, 1, 2, 2})),
                 bias = pass.constant(tensor_of({4}, {0, 10, 0, 10}));
  // The epsilon of 1e-5 beside a variance of 1 takes 5e-6 away.
  expect_close(ops::layer_norm(x, gain, bias).value(), tensor_of({2, 4}, {1, 9, 2, 8, 1, 9, -2, 12}), 1e-5);
}

TEST_P(LayerNormOperation, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({3, 9}, 1), random_tensor({9}, 2), random_tensor({9}, 3)},
                   [](Pass&, const auto& in) { return ops::layer_norm(in[0], in[1], in[2]); });
}

TEST_P(LayerNormOperation, gradients_of_a_window_agree_with_difference_quotients) {
  expect_gradients(
      backend(), {random_tensor({3, 12}, 1), random_tensor({5}, 2), random_tensor({5}, 3)},
      [](Pass&, const auto& in) { return ops::layer_norm(in[0].narrow(1, 4, 5), in[1], in[2]); });
}

TEST_P(LayerNormOperation, a_row_of_equal_numbers_gives_the_bias) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({1, 3}, {7, 7, 7}));
  const Variable gain = pass.constant(tensor_of({3}, {1, 2, 3})),
                 bias = pass.constant(tensor_of({3}, {4, 5, 6}));
  EXPECT_EQ(numbers_of(ops::layer_norm(x, gain, bias).value()), (std::vector<float>{4, 5, 6}));
}

TEST_P(LayerNormOperation, gradients_of_a_residual_connection_agree_with_difference_quotients) {
  for (const float dropout : {0.0f, 0.4f})
    expect_gradients(
        backend(),
        {random_tensor({3, 9}, 1), random_tensor({3, 9}, 2), random_tensor({9}, 3), random_tensor({9}, 4)},
        [&](Pass&, const auto& in) {
          return ops::add_layer_norm(in[0], in[1], {in[2], in[3]}, dropout);
        });
}

TEST_P(LayerNormOperation, gradients_meet_where_x_goes_two_ways) {
  // As in a model: what is added is made of x, too.
  expect_gradients(backend(), {random_tensor({3, 9}, 1), random_tensor({9}, 3), random_tensor({9}, 4)},
                   [&](Pass&, const auto& in) {
                     return ops::add_layer_norm(in[0], 2.0f * (in[0] * in[0]), {in[1], in[2]}, 0.4f);
                   });
}

TEST_P(LayerNormOperation, says_which_widths_do_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(Tensor::zeros({2, 3})), three = pass.constant(Tensor::zeros({3})),
                 four = pass.constant(Tensor::zeros({4}));
  EXPECT_EQ(message_of<ShapeError>([&] { ops::layer_norm(x, four, three); }),
            "layer_norm: input of width 3 meets a gain of [4] and a bias of [3]");
  EXPECT_EQ(message_of<ShapeError>([&] { ops::layer_norm(x, three, four); }),
            "layer_norm: input of width 3 meets a gain of [3] and a bias of [4]");
}

}  // namespace
}  // namespace heed
