#include "heed/ops/normalize.h"

#include "heed/ops/arithmetic.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class NormalizeOperation : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, NormalizeOperation, every_backend(), backend_name);

TEST_P(NormalizeOperation, brings_each_row_to_mean_0_and_variance_1_then_scales_and_shifts) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({2, 4}, {1, -1, 1, -1, 105, 95, 95, 105}));
  const Variable gain = pass.constant(tensor_of({4}, {1, 1, 2, 2})),
                 bias = pass.constant(tensor_of({4}, {0, 10, 0, 10}));
  // The epsilon of 1e-5 beside a variance of 1 takes 5e-6 away.
  expect_close(ops::normalize(x, {gain, bias}).value(), tensor_of({2, 4}, {1, 9, 2, 8, 1, 9, -2, 12}), 1e-5);
}

TEST_P(NormalizeOperation, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({3, 9}, 1), random_tensor({9}, 2), random_tensor({9}, 3)},
                   [](Pass&, const auto& in) {
                     return ops::normalize(in[0], {in[1], in[2]});
                   });
}

TEST_P(NormalizeOperation, gradients_of_a_window_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({3, 12}, 1), random_tensor({5}, 2), random_tensor({5}, 3)},
                   [](Pass&, const auto& in) {
                     return ops::normalize(in[0].narrow(1, 4, 5), {in[1], in[2]});
                   });
}

TEST_P(NormalizeOperation, a_row_of_equal_numbers_gives_the_bias) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({1, 3}, {7, 7, 7}));
  const Variable gain = pass.constant(tensor_of({3}, {1, 2, 3})),
                 bias = pass.constant(tensor_of({3}, {4, 5, 6}));
  EXPECT_EQ(numbers_of(ops::normalize(x, {gain, bias}).value()), (std::vector<float>{4, 5, 6}));
}

TEST_P(NormalizeOperation, gradients_of_a_residual_connection_agree_with_difference_quotients) {
  for (const float dropout : {0.0f, 0.4f})
    expect_gradients(
        backend(),
        {random_tensor({3, 9}, 1), random_tensor({3, 9}, 2), random_tensor({9}, 3), random_tensor({9}, 4)},
        [&](Pass&, const auto& in) {
          return ops::add_normalize(in[0], in[1], {in[2], in[3]}, dropout);
        });
}

TEST_P(NormalizeOperation, gradients_meet_where_x_goes_two_ways) {
  // As in a model: what is added is made of x, too.
  expect_gradients(backend(), {random_tensor({3, 9}, 1), random_tensor({9}, 3), random_tensor({9}, 4)},
                   [&](Pass&, const auto& in) {
                     return ops::add_normalize(in[0], 2.0f * (in[0] * in[0]), {in[1], in[2]}, 0.4f);
                   });
}

TEST_P(NormalizeOperation, rms_brings_each_row_to_a_mean_square_of_1_then_scales) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({2, 4}, {1, 7, 5, 5, -30, 40, 0, 0}));
  const Variable gain = pass.constant(tensor_of({4}, {1, 1, 2, 2}));
  // The roots of the mean squares are 5 and 25.
  expect_close(ops::normalize(x, {.gain = gain, .kind = NormKind::rms}).value(),
               tensor_of({2, 4}, {0.2f, 1.4f, 2, 2, -1.2f, 1.6f, 0, 0}), 1e-6);
}

TEST_P(NormalizeOperation, epsilon_keeps_small_rows_small) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({1, 2}, {3, -3})), gain = pass.constant(tensor_of({2}, {1, 1}));
  for (const NormKind kind : {NormKind::layer, NormKind::rms})
    expect_close(ops::normalize(x, {.gain = gain, .kind = kind, .epsilon = 27}).value(),
                 tensor_of({1, 2}, {0.5f, -0.5f}), 1e-6);
}

TEST_P(NormalizeOperation, gradients_without_a_bias_agree_with_difference_quotients) {
  for (const NormKind kind : {NormKind::layer, NormKind::rms}) {
    expect_gradients(
        backend(), {random_tensor({3, 9}, 1), random_tensor({9}, 2)},
        [&](Pass&, const auto& in) { return ops::normalize(in[0], {.gain = in[1], .kind = kind}); });
    expect_gradients(backend(), {random_tensor({3, 9}, 1), random_tensor({3, 9}, 2), random_tensor({9}, 3)},
                     [&](Pass&, const auto& in) {
                       return ops::add_normalize(in[0], in[1], {.gain = in[2], .kind = kind}, 0.4f);
                     });
  }
}

TEST_P(NormalizeOperation, says_which_widths_do_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(Tensor::zeros({2, 3})), three = pass.constant(Tensor::zeros({3})),
                 four = pass.constant(Tensor::zeros({4}));
  const auto said = [&](const ops::NormParameters& norm) {
    return message_of<ShapeError>([&] { ops::normalize(x, norm); });
  };
  EXPECT_EQ(said({four, three}), "normalize: input of width 3 meets a gain of [4]");
  EXPECT_EQ(said({three, four}), "normalize: input of width 3 meets a bias of [4]");
  EXPECT_EQ(said({.gain = three, .bias = three, .kind = NormKind::rms}), "normalize: rms takes no bias");
}

}  // namespace
}  // namespace heed
