#include "heed/ops/pool.h"

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Pool : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Pool, every_backend(), backend_name);

const Segments uneven = Segments::packed(std::vector<Index>{3, 1, 2});

TEST_P(Pool, takes_the_largest_the_mean_or_the_first_of_each_column_of_a_sequence) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({4, 2}, {1, -4, 3, -2, 2, -9, 7, 8}));
  const Segments two = Segments::packed(std::vector<Index>{3, 1});
  EXPECT_EQ(numbers_of(ops::max_over_rows(x, two).value()), (std::vector<float>{3, -2, 7, 8}));
  EXPECT_EQ(numbers_of(ops::mean_over_rows(x, two).value()), (std::vector<float>{2, -5, 7, 8}));
  EXPECT_EQ(numbers_of(ops::first_rows(x, two).value()), (std::vector<float>{1, -4, 7, 8}));
  EXPECT_THROW(ops::first_rows(x, Segments::packed(std::vector<Index>{3, 0})), ShapeError);
}

TEST_P(Pool, names_a_sequences_row_as_the_first_of_its_rows) {
  Pass pass = Pass::training(backend(), {}, {7, 8, 9});
  const RowList names = pass.row_names(uneven);
  const Variable x = pass.constant(random_tensor({6, 2}, 1)).with_row_names(names);
  const std::vector<Index> expected{(*names)[0], (*names)[3], (*names)[4]};
  EXPECT_EQ(ops::max_over_rows(x, uneven).row_names(), RowList(expected));
  EXPECT_EQ(ops::mean_over_rows(x, uneven).row_names(), RowList(expected));
  EXPECT_EQ(ops::first_rows(x, uneven).row_names(), RowList(expected));
}

TEST_P(Pool, gradients_agree_with_difference_quotients) {
  // Far enough apart that no step makes another element the largest.
  std::vector<float> numbers;
  for (int i = 0; i < 24; ++i) numbers.push_back(0.5f * static_cast<float>((i * 7) % 24) - 6);
  const std::vector<Tensor> inputs{tensor_of({6, 4}, numbers)};
  expect_gradients(backend(), inputs,
                   [](Pass&, const auto& in) { return ops::max_over_rows(in[0], uneven); });
  expect_gradients(backend(), inputs,
                   [](Pass&, const auto& in) { return ops::mean_over_rows(in[0], uneven); });
  expect_gradients(backend(), inputs, [](Pass&, const auto& in) { return ops::first_rows(in[0], uneven); });
}

TEST_P(Pool, gradients_go_through_windows_and_shared_rows) {
  std::vector<float> numbers;
  for (int i = 0; i < 24; ++i) numbers.push_back(0.5f * static_cast<float>((i * 5) % 24) - 6);
  const std::vector<Tensor> inputs{tensor_of({6, 4}, numbers)};
  const Segments shared(std::vector<Segment>{{1, 3}, {2, 4}});
  expect_gradients(backend(), inputs,
                   [&](Pass&, const auto& in) { return ops::max_over_rows(in[0].narrow(1, 1, 2), shared); });
  expect_gradients(backend(), inputs,
                   [&](Pass&, const auto& in) { return ops::mean_over_rows(in[0].narrow(1, 1, 2), shared); });
}

TEST_P(Pool, gives_the_gradient_to_the_first_of_equals) {
  Pass pass = Pass::training(backend(), {});
  const Variable x = Variable::with_gradient(tensor_of({3, 1}, {1, 2, 2}), &pass);
  pass.backward(ops::max_over_rows(x, Segments::packed(std::vector<Index>{3})));
  EXPECT_EQ(numbers_of(x.gradient()), (std::vector<float>{0, 1, 0}));
}

TEST_P(Pool, hides_nothing_that_is_no_number) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({3, 1}, {1, std::nanf(""), 2}));
  EXPECT_TRUE(std::isnan(ops::max_over_rows(x, Segments::uniform(1, 3)).value().data()[0]));
}

TEST_P(Pool, refuses_sequences_that_are_empty_or_end_behind_the_rows) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(Tensor::zeros({3, 2}));
  EXPECT_EQ(message_of<ShapeError>([&] {
              ops::max_over_rows(x, Segments::packed(std::vector<Index>{2, 0}));
            }),
            "max over rows: the sequence at row 2 has no row");
  EXPECT_EQ(message_of<ShapeError>([&] { ops::mean_over_rows(x, Segments::packed(std::vector<Index>{4})); }),
            "mean over rows: sequences end at row 4 of 3");
}

}  // namespace
}  // namespace heed
