#include "heed/ops/matmul.h"

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Matmul : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Matmul, every_backend(), backend_name);

TEST_P(Matmul, multiplies_rows_with_columns) {
  Pass pass = Pass::inference(backend());
  const Variable a = pass.constant(tensor_of({2, 3}, {1, 2, 3, 4, 5, 6})),
                 b = pass.constant(tensor_of({3, 1}, {1, 0, -1}));
  EXPECT_EQ(numbers_of(ops::matmul(a, b).value()), (std::vector<float>{-2, -2}));
}

TEST_P(Matmul, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({4, 3}, 1), random_tensor({3, 5}, 2)},
                   [](Pass&, const auto& in) { return ops::matmul(in[0], in[1]); });
}

TEST_P(Matmul, gradients_of_windows_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({4, 8}, 1), random_tensor({6, 5}, 2)},
                   [](Pass&, const auto& in) {
                     return ops::matmul(in[0].narrow(1, 2, 3), in[1].narrow(0, 1, 3).narrow(1, 1, 2));
                   });
}

TEST_P(Matmul, takes_a_parameter_first) {
  Pass pass = Pass::training(backend(), {});
  const Variable parameter = Variable::with_gradient(random_tensor({2, 3}, 1), nullptr);
  const Variable y = ops::matmul(parameter, pass.constant(random_tensor({3, 4}, 2)));
  pass.backward(WeighedSum(y.shape())(y));
  EXPECT_TRUE(parameter.has_gradient());
}

TEST_P(Matmul, says_which_shapes_do_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable a = pass.constant(Tensor::zeros({2, 3}));
  EXPECT_EQ(message_of<ShapeError>([&] { ops::matmul(a, a); }), "matmul: [2, 3] meets [2, 3]");
}

}  // namespace
}  // namespace heed
