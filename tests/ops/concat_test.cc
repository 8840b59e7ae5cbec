#include "heed/ops/concat.h"

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Concat : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Concat, every_backend(), backend_name);

TEST_P(Concat, puts_matrices_side_by_side) {
  Pass pass = Pass::inference(backend());
  const Variable a = pass.constant(tensor_of({2, 1}, {1, 4})),
                 b = pass.constant(tensor_of({2, 2}, {2, 3, 5, 6}));
  EXPECT_EQ(numbers_of(ops::concat({a, b}).value()), (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST_P(Concat, undoes_narrow) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(random_tensor({3, 5}, 1));
  EXPECT_EQ(numbers_of(ops::concat({x.narrow(1, 0, 2), x.narrow(1, 2, 3)}).value()), numbers_of(x.value()));
}

TEST_P(Concat, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({3, 2}, 1), random_tensor({3, 1}, 2), random_tensor({3, 4}, 3)},
                   [](Pass&, const auto& in) {
                     return ops::concat({in[0], in[1], in[2], in[0]});
                   });
}

TEST_P(Concat, stacks_matrices_one_below_the_other) {
  Pass pass = Pass::inference(backend());
  const Variable a = pass.constant(tensor_of({1, 2}, {1, 2})),
                 b = pass.constant(tensor_of({2, 2}, {3, 4, 5, 6}));
  EXPECT_EQ(numbers_of(ops::stack({a, b}).value()), (std::vector<float>{1, 2, 3, 4, 5, 6}));
  expect_gradients(backend(), {random_tensor({1, 3}, 1), random_tensor({2, 3}, 2)},
                   [](Pass&, const auto& in) {
                     return ops::stack({in[0], in[1], in[0]});
                   });
  const Variable wide = pass.constant(Tensor::zeros({2, 3}));
  EXPECT_EQ(message_of<ShapeError>([&] { ops::stack({a, wide}); }), "stack: [2, 3] below [1, 2]");
}

TEST_P(Concat, takes_a_parameter_first) {
  Pass pass = Pass::training(backend(), {});
  const Variable parameter = Variable::with_gradient(tensor_of({1, 1}, {1}), nullptr);
  const Variable y = ops::concat({parameter, pass.constant(tensor_of({1, 1}, {2}))});
  pass.backward(WeighedSum(y.shape())(y));
  EXPECT_TRUE(parameter.has_gradient());
}

TEST_P(Concat, says_which_shapes_do_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable a = pass.constant(Tensor::zeros({2, 3})), b = pass.constant(Tensor::zeros({3, 3}));
  EXPECT_EQ(message_of<ShapeError>([&] { ops::concat({a, b}); }), "concat: [3, 3] beside [2, 3]");
  EXPECT_EQ(message_of<ShapeError>([&] { ops::concat({}); }), "concat: nothing to put together");
}

}  // namespace
}  // namespace heed
