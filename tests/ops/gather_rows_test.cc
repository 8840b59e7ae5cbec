#include "heed/ops/gather_rows.h"

#include "heed/ops/arithmetic.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class GatherRows : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, GatherRows, every_backend(), backend_name);

TEST_P(GatherRows, takes_rows_in_any_order_some_twice_and_some_not_at_all) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({3, 2}, {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(numbers_of(ops::gather_rows(x, {2, 0, 2}).value()), (std::vector<float>{5, 6, 1, 2, 5, 6}));
  EXPECT_EQ(ops::gather_rows(x, {}).shape(), (Shape{0, 2}));
}

TEST_P(GatherRows, rows_in_another_order_have_no_names) {
  Pass pass = Pass::training(backend(), {}, {7, 8});
  const Variable x = Variable::with_gradient(random_tensor({2, 2}, 1), &pass)
                         .with_row_names(pass.row_names(Segments::uniform(2, 1)));
  EXPECT_FALSE(ops::gather_rows(x, {1, 0}).row_names());
  EXPECT_FALSE(ops::gather_rows(x, {0, 0}).row_names());
}

TEST_P(GatherRows, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({4, 3}, 1)}, [](Pass&, const auto& in) {
    return ops::gather_rows(in[0], {3, 1, 3, 0});
  });
  expect_gradients(backend(), {random_tensor({4, 6}, 1)}, [](Pass&, const auto& in) {
    return ops::gather_rows(in[0].narrow(1, 2, 3), {3, 1, 3, 0});
  });
}

TEST_P(GatherRows, gradients_of_a_new_order_agree_with_difference_quotients) {
  for (const std::vector<Index>& order : {std::vector<Index>{2, 0, 3, 1}, {0, 1, 2, 3}}) {
    expect_gradients(backend(), {random_tensor({4, 3}, 1)},
                     [&](Pass&, const auto& in) { return ops::gather_rows(in[0], order); });
    // Alone, beside another use, and as a window onto what is used otherwise.
    expect_gradients(backend(), {random_tensor({4, 3}, 1)},
                     [&](Pass&, const auto& in) { return in[0] * ops::gather_rows(in[0], order); });
    expect_gradients(backend(), {random_tensor({4, 6}, 1)}, [&](Pass&, const auto& in) {
      return ops::gather_rows(in[0].narrow(1, 2, 3), order) * in[0].narrow(1, 0, 3);
    });
  }
}

TEST_P(GatherRows, says_which_row_there_is_not) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(Tensor::zeros({2, 3}));
  EXPECT_EQ(message_of<ShapeError>([&] { ops::gather_rows(x, {0, 2}); }), "gather rows: row 2 of 2");
  EXPECT_EQ(message_of<ShapeError>([&] { ops::gather_rows(x, {-1}); }), "gather rows: row -1 of 2");
}

}  // namespace
}  // namespace heed
