#include "tests/backend/backends.h"

namespace heed {
namespace {

class Elements : public AgainstReference {
 protected:
  /// Every third row of some matrix, backwards.
  RowList names() const {
    std::vector<Index> rows(static_cast<std::size_t>(this->rows()));
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = 3 * static_cast<Index>(rows.size() - i);
    return std::make_shared<const std::vector<Index>>(std::move(rows));
  }
  /// None, of rows by their place, of rows by their names.
  std::vector<Dropout> dropouts() const {
    Dropout named = dropout_;
    named.rows = names();
    return {Dropout{}, dropout_, named};
  }

  const Dropout dropout_{.probability = 0.3f, .key = {7, 9}, .stream = 0x1'0000'0003};
};

INSTANTIATE_TEST_SUITE_P(All, Elements,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{7, 13}, Size{3, 128},
                                                          Size{301, 257})),
                         name_of_case);

TEST_P(Elements, activate_matches) {
  const Tensor x = random({rows(), columns()}, 3);
  for (auto activation : {Activation::none, Activation::relu, Activation::gelu, Activation::silu,
                          Activation::tanh, Activation::gelu_tanh}) {
    Tensor given(x.shape()), wanted(x.shape());
    fast().activate(activation, x, given);
    slow().activate(activation, x, wanted);
    expect_close(given, wanted, 1e-6f);
  }
}

TEST_P(Elements, activate_backward_matches) {
  const Tensor x = random({rows(), columns()}, 3), dy = random(x.shape()), before = random(x.shape());
  for (auto activation : {Activation::none, Activation::relu, Activation::gelu, Activation::silu,
                          Activation::tanh, Activation::gelu_tanh}) {
    const Tensor given = before.clone(), wanted = before.clone();
    fast().activate_backward(activation, x, dy, given);
    slow().activate_backward(activation, x, dy, wanted);
    expect_close(given, wanted, 3e-6f);
  }
}

TEST_P(Elements, relu_backward_matches_on_windows) {
  const Tensor y = random_window(rows(), columns()), dy = random_window(rows(), columns());
  const Tensor given = random({rows(), columns()}), wanted = given.clone();
  fast().relu_backward(y, dy, 1.25f, given);
  slow().relu_backward(y, dy, 1.25f, wanted);
  expect_same(given, wanted);
}

TEST_P(Elements, add_drops_the_same_elements) {
  const Tensor a = random({rows(), columns()}), b = random(a.shape()),
               window = random_window(rows(), columns());
  for (const Tensor& y : {b, window})
    for (const Dropout& dropout : dropouts()) {
      Tensor given(a.shape()), wanted(a.shape());
      fast().add(a, y, dropout, given);
      slow().add(a, y, dropout, wanted);
      expect_close(given, wanted, 1e-6f);
    }
}

TEST_P(Elements, what_is_dropped_is_exactly_zero_and_the_same) {
  Tensor ones({rows(), columns()}), given = Tensor::zeros(ones.shape()), wanted = given.clone();
  std::fill_n(ones.data(), ones.count(), 1.0f);
  fast().accumulate(ones, 1, dropout_, given);
  slow().accumulate(ones, 1, dropout_, wanted);
  expect_same(given, wanted);
}

TEST_P(Elements, accumulate_matches) {
  const Tensor from = random_window(rows(), columns()), before = random({rows(), columns()});
  for (const Dropout& dropout : dropouts()) {
    const Tensor given = before.clone(), wanted = before.clone();
    fast().accumulate(from, 0.7f, dropout, given);
    slow().accumulate(from, 0.7f, dropout, wanted);
    expect_close(given, wanted, 1e-6f);
  }
}

TEST_P(Elements, products_match) {
  const Tensor a = random({rows(), columns()}), b = random_window(rows(), columns());
  Tensor given(a.shape()), wanted(a.shape());
  fast().multiply(a, b, given);
  slow().multiply(a, b, wanted);
  expect_same(given, wanted);
  fast().accumulate_product(b, b, given);
  slow().accumulate_product(b, b, wanted);
  expect_close(given, wanted, 1e-6f);
}

TEST_P(Elements, copies_match_in_all_types) {
  const Tensor from = random_window(rows(), columns());
  Tensor plain(from.shape()), half(from.shape(), DataType::bfloat16), half_wanted = half.clone();
  fast().copy(from, plain);
  expect_same(plain, from);
  fast().copy(from, half);
  slow().copy(from, half_wanted);
  for (Index i = 0; i < half.count(); ++i)
    ASSERT_EQ(half.data<BFloat16>()[i].bits, half_wanted.data<BFloat16>()[i].bits);
  Tensor given(from.shape()), wanted(from.shape());
  fast().copy(half, given);
  slow().copy(half, wanted);
  expect_same(given, wanted);
}

TEST_P(Elements, copy_rows_moves_what_is_asked_for) {
  const Tensor from = random_window(rows(), columns());
  const auto from_rows = random_indices(2 * rows(), rows());
  std::vector<Index> to_rows(from_rows.size());
  for (std::size_t i = 0; i < to_rows.size(); ++i) to_rows[i] = static_cast<Index>(to_rows.size() - 1 - i);
  Tensor given({2 * rows(), columns()}), wanted({2 * rows(), columns()});
  fast().copy_rows(from, from_rows, given, to_rows);
  slow().copy_rows(from, from_rows, wanted, to_rows);
  expect_same(given, wanted);
}

}  // namespace
}  // namespace heed
