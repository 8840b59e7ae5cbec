#include "heed/autograd/pass.h"

#include <array>
#include <set>

#include "heed/backend/reference/reference_backend.h"
#include "heed/ops/arithmetic.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

Variable learned(Pass& pass, const std::vector<float>& numbers) {
  return Variable::with_gradient(tensor_of({1, static_cast<Index>(numbers.size())}, numbers), &pass);
}

TEST(Pass, gradients_reach_every_variable_that_led_to_the_loss) {
  Pass pass = Pass::training(reference_backend(), {});
  const Variable a = learned(pass, {3}), b = learned(pass, {5});
  const Variable product = a * b;
  pass.backward((product * a).narrow(1, 0, 1));  // a^2 b
  EXPECT_FLOAT_EQ(a.gradient().data()[0], 30);
  EXPECT_FLOAT_EQ(b.gradient().data()[0], 9);
}

TEST(Pass, backward_multiplies_with_the_factor) {
  Pass pass = Pass::training(reference_backend(), {});
  const Variable a = learned(pass, {3});
  pass.backward(a * a, 0.25f);
  EXPECT_FLOAT_EQ(a.gradient().data()[0], 1.5f);
}

TEST(Pass, what_the_loss_does_not_depend_on_keeps_no_gradient) {
  Pass pass = Pass::training(reference_backend(), {});
  const Variable a = learned(pass, {3}), b = learned(pass, {5});
  const Variable unused = a * b;
  pass.backward(a * a);
  EXPECT_FALSE(unused.has_gradient());
  EXPECT_FALSE(b.has_gradient());
}

TEST(Pass, gradients_of_several_passes_add_up_until_they_are_dropped) {
  const Variable parameter = Variable::with_gradient(tensor_of({1, 1}, {2}), nullptr);
  for (int batch = 1; batch <= 3; ++batch) {
    Pass pass = Pass::training(reference_backend(), {});
    pass.backward(pass.constant(tensor_of({1, 1}, {10})) * parameter);
    EXPECT_FLOAT_EQ(parameter.gradient().data()[0], 10.0f * static_cast<float>(batch));
  }
  parameter.drop_gradient();
  EXPECT_FALSE(parameter.has_gradient());
  EXPECT_EQ(parameter.gradient().data()[0], 0);
}

TEST(Pass, wants_as_many_sequences_as_it_has_examples) {
  Pass pass = Pass::training(reference_backend(), {}, {7, 8});
  EXPECT_NO_THROW(pass.row_names(Segments::uniform(2, 3)));
  EXPECT_EQ(message_of<ShapeError>([&] { pass.row_names(Segments::uniform(3, 3)); }),
            "pass: 3 sequences, but the pass was made for 2 examples");
}

TEST(Pass, names_rows_by_example_and_place_in_it) {
  Pass pass = Pass::training(reference_backend(), {}, {7, 8});
  const std::array<Index, 2> lengths{2, 1};
  const RowList names = pass.row_names(Segments::packed(lengths));
  Pass turned = Pass::training(reference_backend(), {}, {8, 7});
  const std::array<Index, 2> turned_lengths{1, 2};
  const RowList others = turned.row_names(Segments::packed(turned_lengths));
  ASSERT_EQ(names.size(), 3);
  EXPECT_EQ(RowList({others[1], others[2], others[0]}), names);
  EXPECT_EQ(std::set<Index>(names.begin(), names.end()).size(), 3u);
}

TEST(Pass, without_examples_names_no_rows) {
  EXPECT_FALSE(Pass::training(reference_backend(), {}).row_names(Segments::uniform(2, 3)));
  EXPECT_FALSE(Pass::inference(reference_backend()).row_names(Segments::uniform(2, 3)));
}

TEST(Pass, results_keep_the_names_of_the_first_input_that_has_as_many_rows) {
  Pass pass = Pass::training(reference_backend(), {}, {7, 8});
  const RowList names = pass.row_names(Segments::uniform(2, 1));
  const Variable nameless = Variable::with_gradient(tensor_of({2, 1}, {1, 2}), &pass);
  const Variable named = nameless.with_row_names(names);
  EXPECT_EQ((nameless * named).row_names(), names);
  EXPECT_FALSE((nameless * nameless).row_names());
  const Variable fewer = pass.result(
      tensor_of({1, 1}, {3}), [](const Tensor&) {}, named);
  EXPECT_FALSE(fewer.row_names());
}

TEST(Pass, refuses_dropout_on_rows_that_lost_their_names) {
  Pass pass = Pass::training(reference_backend(), {}, {7, 8});
  const Variable x = learned(pass, {3, 4});
  EXPECT_EQ(message_of<std::logic_error>([&] { pass.dropout(0.5f, x); }),
            "dropout: the pass has examples, but the rows have no names; an operation lost them");
  EXPECT_NO_THROW(pass.dropout(0, x));
  EXPECT_TRUE(pass.dropout(0.5f, x.with_row_names(pass.row_names(Segments({{0, 1}, {0, 1}})))));
}

TEST(Pass, a_step_of_its_own_comes_between_those_after_it_and_those_before) {
  Pass pass = Pass::training(reference_backend(), {});
  const Variable a = learned(pass, {3});
  const Variable product = 2.0f * a;
  pass.step([product] { product.gradient().data()[0] *= 10; });
  pass.backward(5.0f * product);
  EXPECT_FLOAT_EQ(a.gradient().data()[0], 100);  // 5, times 10 in the step, times 2
}

TEST(Pass, inference_records_nothing) {
  Pass pass = Pass::inference(reference_backend());
  const Variable a = learned(pass, {3});
  const Variable y = a * a;
  EXPECT_FALSE(y.needs_gradient());
  pass.backward(y);
  EXPECT_FALSE(a.has_gradient());
}

TEST(Pass, constants_alone_are_not_recorded) {
  Pass pass = Pass::training(reference_backend(), {});
  const Variable one = pass.constant(tensor_of({1, 1}, {1}));
  EXPECT_FALSE((one + one).needs_gradient());
}

TEST(Pass, frees_what_it_remembered_while_it_goes_back) {
  const std::size_t before = pool_use().in_use;
  Pass pass = Pass::training(reference_backend(), {});
  const Variable a = learned(pass, std::vector<float>(1000, 1));
  {
    Variable y = a;
    for (int i = 0; i < 10; ++i) y = y * a;
    const WeighedSum sum(y.shape());
    pass.backward(sum(y));
  }
  EXPECT_LT(pool_use().in_use - before, 3 * 1000 * sizeof(float));  // a and its gradient are left
}

TEST(Pass, a_loss_is_one_number) {
  Pass pass = Pass::training(reference_backend(), {});
  const Variable a = learned(pass, {3, 4});
  EXPECT_EQ(message_of<ShapeError>([&] { pass.backward(a * a); }),
            "backward: a loss is one number, this has shape [1, 2]");
}

TEST(Pass, no_dropout_where_none_is_asked_for) {
  Pass training = Pass::training(reference_backend(), {}), inference = Pass::inference(reference_backend());
  const Variable x = learned(training, {3});
  EXPECT_FALSE(training.dropout(0, x));
  EXPECT_FALSE(inference.dropout(0.5f, x));
  EXPECT_TRUE(training.dropout(0.5f, x));
}

TEST(Variable, a_window_has_a_window_of_the_gradient) {
  Pass pass = Pass::training(reference_backend(), {});
  const Variable whole = Variable::with_gradient(Tensor::zeros({3, 4}), &pass);
  const Variable window = whole.narrow(0, 1, 2).narrow(1, 2, 1);
  EXPECT_FALSE(whole.has_gradient());
  window.gradient().data()[0] = 7;
  EXPECT_TRUE(window.gradient().shares_memory_with(whole.gradient()));
  EXPECT_EQ(numbers_of(whole.gradient()), (std::vector<float>{0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0}));
}

void fill(const Destination& to, float number) {
  for (Index r = 0; r < to.tensor.rows(); ++r)
    for (Index c = 0; c < to.tensor.size(1); ++c) {
      float& element = to.tensor.data()[r * to.tensor.stride(0) + c];
      element = to.adds() ? element + number : number;
    }
}

TEST(Variable, the_first_step_back_writes_its_gradient_and_others_add) {
  const Variable x = Variable::with_gradient(Tensor::zeros({2, 2}), nullptr);
  EXPECT_FALSE(x.destination().adds());
  EXPECT_TRUE(x.destination().adds());
  x.drop_gradient();
  EXPECT_FALSE(x.destination().adds());
}

TEST(Variable, each_window_is_first_written_and_what_no_step_wrote_is_zero) {
  const Variable x = Variable::with_gradient(Tensor::zeros({2, 4}), nullptr);
  const Variable left = x.narrow(1, 0, 1), right = x.narrow(1, 2, 2);
  fill(left.destination(), 1);
  fill(right.destination(), 2);
  fill(left.destination(), 1);
  EXPECT_EQ(numbers_of(x.gradient()), (std::vector<float>{2, 0, 2, 2, 2, 0, 2, 2}));
}

TEST(Variable, windows_that_cover_it_leave_nothing_to_fill) {
  const Variable x = Variable::with_gradient(Tensor::zeros({2, 4}), nullptr);
  for (const Index start : {0, 2}) {
    const Destination half = x.narrow(1, start, 2).destination();
    EXPECT_FALSE(half.adds());
    fill(half, static_cast<float>(start));
  }
  EXPECT_TRUE(x.destination().adds());
  EXPECT_EQ(numbers_of(x.gradient()), (std::vector<float>{0, 0, 2, 2, 0, 0, 2, 2}));
}

TEST(Variable, a_window_across_others_is_added) {
  const Variable x = Variable::with_gradient(Tensor::zeros({2, 4}), nullptr);
  fill(x.narrow(1, 0, 2).destination(), 1);
  fill(x.narrow(1, 1, 2).destination(), 2);
  fill(x.narrow(0, 1, 1).destination(), 4);
  EXPECT_EQ(numbers_of(x.gradient()), (std::vector<float>{1, 3, 2, 0, 5, 7, 6, 4}));
}

TEST(Variable, adopts_a_gradient_only_if_it_has_none) {
  const Variable x = Variable::with_gradient(Tensor::zeros({1, 2}), nullptr);
  const Tensor given = tensor_of({1, 2}, {3, 4});
  EXPECT_TRUE(x.adopt_gradient(given));
  EXPECT_TRUE(x.gradient().shares_memory_with(given));
  EXPECT_FALSE(x.adopt_gradient(tensor_of({1, 2}, {5, 6})));
  EXPECT_EQ(numbers_of(x.gradient()), (std::vector<float>{3, 4}));
}

TEST(Variable, a_part_of_a_larger_memory_has_a_gradient_of_its_own_size) {
  // As a parameter read from the middle of a file: the gradient must not be looked for at the same offset.
  const Tensor file = Tensor::zeros({1000, 4});
  const Variable parameter = Variable::with_gradient(file.narrow(0, 990, 2), nullptr);
  const Tensor gradient = parameter.narrow(0, 1, 1).gradient();
  std::fill_n(gradient.data(), 4, 1.0f);
  EXPECT_EQ(numbers_of(parameter.gradient()), (std::vector<float>{0, 0, 0, 0, 1, 1, 1, 1}));
}

TEST(Variable, copies_share_their_gradient) {
  const Variable a = Variable::with_gradient(Tensor::zeros({2}), nullptr), copy = a;
  a.gradient().data()[1] = 3;
  EXPECT_EQ(numbers_of(copy.gradient()), (std::vector<float>{0, 3}));
}

}  // namespace
}  // namespace heed
