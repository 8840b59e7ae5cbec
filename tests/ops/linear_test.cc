#include "heed/ops/linear.h"

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Linear : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Linear, every_backend(), backend_name);

TEST_P(Linear, gives_the_activation_of_x_times_the_transposed_weight_plus_bias) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({2, 3}, {1, 2, 3, -1, 0, 1}));
  const Variable weight = pass.constant(tensor_of({2, 3}, {1, 0, -1, 2, 1, 0}));
  const Variable bias = pass.constant(tensor_of({2}, {0.5f, -0.5f}));
  EXPECT_EQ(numbers_of(ops::linear(x, weight, bias).value()),
            (std::vector<float>{-1.5f, 3.5f, -1.5f, -2.5f}));
  EXPECT_EQ(numbers_of(ops::linear(x, weight, {}).value()), (std::vector<float>{-2, 4, -2, -2}));
  EXPECT_EQ(numbers_of(ops::linear(x, weight, bias, {Activation::relu}).value()),
            (std::vector<float>{0, 3.5f, 0, 0}));
}

TEST_P(Linear, gradients_agree_with_difference_quotients) {
  for (const Activation activation : {Activation::none, Activation::gelu, Activation::silu})
    expect_gradients(backend(), {random_tensor({5, 7}, 1), random_tensor({3, 7}, 2), random_tensor({3}, 3)},
                     [&](Pass&, const auto& in) { return ops::linear(in[0], in[1], in[2], {activation}); });
}

TEST_P(Linear, gradients_through_relu_agree_with_difference_quotients) {
  // A straight line on either side of the kink: a small step is exact as long as it does not cross it.
  expect_gradients(backend(), {random_tensor({5, 7}, 1), random_tensor({3, 7}, 2), random_tensor({3}, 3)},
                   [](Pass&, const auto& in) { return ops::linear(in[0], in[1], in[2], {Activation::relu}); },
                   {.step = 1.0 / 512, .tolerance = 5e-3});
}

TEST_P(Linear, gradients_through_dropout_agree_with_difference_quotients) {
  for (const Activation activation : {Activation::none, Activation::relu, Activation::gelu})
    expect_gradients(backend(), {random_tensor({5, 7}, 1), random_tensor({3, 7}, 2), random_tensor({3}, 3)},
                     [&](Pass&, const auto& in) {
                       return ops::linear(in[0], in[1], in[2], {.activation = activation, .dropout = 0.4f});
                     },
                     {.step = 1.0 / 512, .tolerance = 5e-3});
}

TEST_P(Linear, gradients_without_a_bias_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({2, 3}, 1), random_tensor({4, 3}, 2)},
                   [](Pass&, const auto& in) { return ops::linear(in[0], in[1], {}); });
}

TEST_P(Linear, gradients_of_a_part_of_a_block_land_in_that_part) {
  expect_gradients(backend(), {random_tensor({4, 6}, 1), random_tensor({6, 4}, 2), random_tensor({6}, 3)},
                   [](Pass&, const auto& in) {
                     // Columns 1 to 4 of x meet rows 2 to 4 of the weight.
                     return ops::linear(in[0].narrow(1, 1, 4), in[1].narrow(0, 2, 3), in[2].narrow(0, 2, 3));
                   });
}

TEST_P(Linear, activated_when_recording_as_when_not) {
  const Tensor x = random_tensor({5, 7}, 1), weight = random_tensor({3, 7}, 2), bias = random_tensor({3}, 3);
  for (const Activation activation : {Activation::relu, Activation::gelu, Activation::silu}) {
    Pass inference = Pass::inference(backend()), training = Pass::training(backend(), {});
    const auto y = [&](Pass& pass) {
      return ops::linear(pass.constant(x), Variable::with_gradient(weight, nullptr),
                         Variable::with_gradient(bias, nullptr), {activation})
          .value();
    };
    expect_close(y(inference), y(training), 1e-5);
  }
}

TEST_P(Linear, says_which_widths_do_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(Tensor::zeros({2, 512})), weight = pass.constant(Tensor::zeros({3, 256})),
                 bias = pass.constant(Tensor::zeros({4}));
  EXPECT_EQ(message_of<ShapeError>([&] { ops::linear(x, weight, {}); }),
            "linear: input of width 512 meets a weight of width 256");
  EXPECT_EQ(message_of<ShapeError>([&] { ops::linear(x.narrow(1, 0, 256), weight, bias); }),
            "linear: bias of shape [4] meets a weight with 3 outputs");
}

}  // namespace
}  // namespace heed
