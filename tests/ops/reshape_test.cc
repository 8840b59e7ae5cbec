#include "heed/ops/reshape.h"

#include <gtest/gtest.h>

#include "heed/ops/arithmetic.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

TEST(Reshape, keeps_elements_in_their_order) {
  Pass pass = Pass::inference(cpu_backend());
  const Variable x = pass.constant(tensor_of({2, 6}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  const Variable y = ops::reshape(x, 3);
  EXPECT_EQ(y.shape(), (Shape{4, 3}));
  EXPECT_EQ(numbers_of(y.value()), numbers_of(x.value()));
  EXPECT_THROW(ops::reshape(x, 5), ShapeError);
  EXPECT_THROW(ops::reshape(x.narrow(1, 0, 3), 2), ShapeError);
}

TEST(Reshape, gradients_agree_with_difference_quotients) {
  expect_gradients(cpu_backend(), {random_tensor({2, 6}, 1)},
                   [](Pass&, const auto& in) { return ops::reshape(ops::scale(in[0], 2), 4); });
}

TEST(Reshape, leaves_its_share_of_a_gradient_that_others_have_one_of) {
  expect_gradients(cpu_backend(), {random_tensor({2, 6}, 1)}, [](Pass&, const auto& in) {
    const Variable twice = ops::scale(in[0], 2);
    return ops::reshape(twice, 4) * ops::reshape(twice + twice, 4);
  });
}

}  // namespace
}  // namespace heed
