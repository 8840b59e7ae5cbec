#include "heed/ops/activate.h"

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Activate : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Activate, every_backend(), backend_name);

TEST_P(Activate, follows_the_formulas) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({1, 3}, {-1, 0, 2}));
  const auto activated = [&](Activation kind) { return ops::activate(x, kind).value(); };
  EXPECT_EQ(numbers_of(activated(Activation::none)), (std::vector<float>{-1, 0, 2}));
  EXPECT_EQ(numbers_of(activated(Activation::relu)), (std::vector<float>{0, 0, 2}));
  // x * P(X <= x) from a table of the normal distribution, x / (1 + e^-x) by hand.
  expect_close(activated(Activation::gelu), tensor_of({1, 3}, {-0.15865525f, 0, 1.95449974f}), 1e-5);
  expect_close(activated(Activation::silu), tensor_of({1, 3}, {-0.26894142f, 0, 1.76159416f}), 1e-5);
  // From Hendrycks & Gimpel's formula in higher precision.
  expect_close(activated(Activation::gelu_tanh), tensor_of({1, 3}, {-0.15880801f, 0, 1.95459769f}), 1e-5);
  expect_close(activated(Activation::tanh), tensor_of({1, 3}, {-0.76159416f, 0, 0.96402758f}), 1e-5);
}

TEST_P(Activate, gradients_agree_with_difference_quotients) {
  for (const Activation kind :
       {Activation::none, Activation::gelu, Activation::silu, Activation::tanh, Activation::gelu_tanh})
    expect_gradients(backend(), {random_tensor({3, 5}, 1, 2)},
                     [&](Pass&, const auto& in) { return ops::activate(in[0], kind); });
}

TEST_P(Activate, gradients_of_relu_agree_with_difference_quotients_on_both_sides) {
  expect_gradients(backend(), {tensor_of({2, 3}, {-2, -0.1f, 0.1f, 3, 1, -1})},
                   [](Pass&, const auto& in) { return ops::activate(in[0], Activation::relu); });
}

TEST_P(Activate, stays_finite_far_from_zero) {
  Pass pass = Pass::training(backend(), {});
  for (const Activation kind :
       {Activation::relu, Activation::gelu, Activation::silu, Activation::gelu_tanh}) {
    const Variable x = Variable::with_gradient(tensor_of({1, 2}, {-200, 200}), &pass);
    const Variable y = ops::activate(x, kind);
    pass.backward(WeighedSum(y.shape())(y));
    EXPECT_EQ(numbers_of(y.value()), (std::vector<float>{0, 200}));
    for (const float slope : numbers_of(x.gradient())) EXPECT_TRUE(std::isfinite(slope));
  }
}

}  // namespace
}  // namespace heed
