#include <cmath>
#include <limits>

#include "tests/backend/backends.h"

namespace heed {
namespace {

/// rows x columns is the size of the result; every reduction length is tried.
class Products : public AgainstReference {
 protected:
  const std::vector<Index> inner_{1, 17, 128, 300};
};

INSTANTIATE_TEST_SUITE_P(All, Products,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{5, 67}, Size{7, 700},
                                                          Size{203, 96}, Size{1, 3001})),
                         name_of_case);

TEST_P(Products, linear_matches_with_each_activation) {
  for (Index in : inner_) {
    const Tensor x = random_window(rows(), in), weight = random({columns(), in}), bias = random({columns()});
    for (auto activation :
         {Activation::none, Activation::relu, Activation::gelu, Activation::silu, Activation::tanh})
      for (const Tensor& offset : {bias, Tensor()}) {
        const Tensor given = random_window(rows(), columns()), wanted = given.clone();
        fast().linear(x, weight, offset, activation, given);
        slow().linear(x, weight, offset, activation, wanted);
        expect_close(given, wanted, 5e-5f);  // sums of up to 300 terms in another order
      }
  }
}

TEST_P(Products, a_prepared_float32_weight_gives_the_same_bytes) {
  for (Index in : inner_) {
    const Tensor x = random_window(rows(), in), weight = random({columns(), in}), bias = random({columns()});
    Tensor plain({rows(), columns()});
    fast().linear(x, weight, bias, Activation::relu, plain);
    const Tensor given = random_window(rows(), columns());
    fast().linear(x, fast().prepack(weight, DataType::float32), bias, Activation::relu, given);
    expect_same(given, plain);
  }
}

TEST_P(Products, a_weight_prepared_for_a_pass_gives_the_same_bytes_forth_and_back) {
  using Direction = Backend::Direction;
  for (const DataType type : {DataType::float32, DataType::bfloat16}) {
    CpuBackend fast_in_type(level_of(fast()), type);
    ReferenceBackend slow_in_type(type);
    for (Backend* backend : {static_cast<Backend*>(&fast_in_type), static_cast<Backend*>(&slow_in_type)})
      for (Index in : inner_) {
        const Tensor weight = random({columns(), in}), x = random_window(rows(), in);
        const Tensor y = random_window(rows(), columns()), y_plain = y.clone();
        backend->linear(x, backend->prepack_for_pass(weight, Direction::forward), {}, Activation::none, y);
        backend->linear(x, weight, {}, Activation::none, y_plain);
        expect_same(y, y_plain);

        const Tensor dy = random_window(rows(), columns()),
                     prepacked = backend->prepack_for_pass(weight, Direction::backward);
        const Tensor dx = random_window(rows(), in), dx_plain = dx.clone();
        backend->linear_backward_input(dy, prepacked, dx);
        backend->linear_backward_input(dy, weight, dx_plain);
        expect_same(dx, dx_plain);
        backend->linear_backward_input(dy, prepacked, overwriting(dx));
        backend->linear_backward_input(dy, weight, overwriting(dx_plain));
        expect_same(dx, dx_plain);
      }
  }
}

TEST_P(Products, prepared_weights_of_fewer_bits_match) {
  for (const DataType type : {DataType::bfloat16, DataType::int8})
    for (Index in : inner_) {
      const Tensor x = random_window(rows(), in), weight = random({columns(), in});
      std::fill_n(x.data(), in, 0.0f);  // a row without a scale
      std::fill_n(weight.data(), in, 0.0f);
      for (const Tensor& bias : {random({columns()}), Tensor()}) {
        const Tensor given = random_window(rows(), columns()), wanted = given.clone();
        fast().linear(x, fast().prepack(weight, type), bias, Activation::relu, given);
        slow().linear(x, slow().prepack(weight, type), bias, Activation::relu, wanted);
        expect_close(given, wanted, type == DataType::int8 ? 1e-6f : 5e-5f);
      }
    }
}

TEST_P(Products, a_row_against_a_prepared_weight_does_not_depend_on_its_neighbors_or_on_the_threads) {
  const Index in = 200;
  const Tensor x = random({rows(), in}), weight = random({columns(), in}), bias = random({columns()});
  Tensor together({rows(), columns()}), alone({1, columns()});
  for (const DataType type : {DataType::bfloat16, DataType::int8}) {
    const Tensor prepacked = fast().prepack(weight, type);
    set_thread_count(std::get<1>(GetParam()));
    fast().linear(x, prepacked, bias, Activation::gelu, together);
    set_thread_count(1);
    for (Index r = 0; r < rows(); r += 50) {
      fast().linear(x.narrow(0, r, 1), prepacked, bias, Activation::gelu, alone);
      expect_same(alone, together.narrow(0, r, 1));
    }
  }
}

TEST_P(Products, of_fewer_bits_keep_what_is_no_number_in_its_row_and_column) {
  const float nan = std::numeric_limits<float>::quiet_NaN(),
              infinity = std::numeric_limits<float>::infinity();
  CpuBackend backend(level_of(fast()), DataType::bfloat16);
  const Index row = rows() / 2, column = columns() / 2;
  for (Index in : inner_) {
    const Tensor x = random_window(rows(), in), weight = random({columns(), in});
    const Tensor wanted = random_window(rows(), columns()), given = wanted.clone();
    backend.linear(x, weight, {}, Activation::none, wanted);
    x.data()[row * x.stride(0) + in - 1] = nan;
    weight.data()[column * in] = infinity;
    backend.linear(x, weight, {}, Activation::none, given);
    for (Index r = 0; r < rows(); ++r)
      for (Index c = 0; c < columns(); ++c) {
        const float value = given.data()[r * given.stride(0) + c];
        if (r != row && c != column)
          ASSERT_EQ(value, wanted.data()[r * wanted.stride(0) + c]) << r << ", " << c;
        else
          ASSERT_FALSE(std::isfinite(value)) << r << ", " << c;
      }
  }
}

TEST_P(Products, in_bfloat16_match_forth_and_back) {
  CpuBackend fast_halves(level_of(fast()), DataType::bfloat16);
  ReferenceBackend slow_halves(DataType::bfloat16);
  for (Index in : inner_) {
    const Tensor x = random_window(rows(), in), weight = random({columns(), in}), bias = random({columns()});
    const Tensor y = random_window(rows(), columns()), y_wanted = y.clone();
    fast_halves.linear(x, weight, bias, Activation::none, y);
    slow_halves.linear(x, weight, bias, Activation::none, y_wanted);
    expect_close(y, y_wanted, 5e-5f);

    const Tensor dy = random_window(rows(), columns());
    const Tensor dx = random_window(rows(), in), dx_wanted = dx.clone();
    fast_halves.linear_backward_input(dy, weight, dx);
    slow_halves.linear_backward_input(dy, weight, dx_wanted);
    expect_close(dx, dx_wanted, 2e-4f);  // sums of up to 3,001 terms in another order

    const Tensor dweight = random({columns(), in}), dweight_wanted = dweight.clone();
    fast_halves.linear_backward_weight(dy, x, dweight, Tensor());
    slow_halves.linear_backward_weight(dy, x, dweight_wanted, Tensor());
    expect_close(dweight, dweight_wanted, 5e-5f);
  }
}

TEST_P(Products, linear_backward_input_adds_what_the_reference_adds) {
  for (Index out : inner_) {
    const Tensor dy = random_window(rows(), out), weight = random({out, columns()});
    const Tensor given = random_window(rows(), columns()), wanted = given.clone();
    fast().linear_backward_input(dy, weight, given);
    slow().linear_backward_input(dy, weight, wanted);
    expect_close(given, wanted, 5e-5f);
  }
}

TEST_P(Products, linear_backward_weight_adds_what_the_reference_adds) {
  for (Index samples : inner_) {
    const Tensor dy = random_window(samples, rows()), x = random_window(samples, columns());
    const Tensor weight = random({rows(), columns()}), bias = random({rows()});
    const Tensor weight_wanted = weight.clone(), bias_wanted = bias.clone(), bias_alone = bias.clone();
    fast().linear_backward_weight(dy, x, weight, bias);
    slow().linear_backward_weight(dy, x, weight_wanted, bias_wanted);
    expect_close(weight, weight_wanted, 5e-5f);
    expect_close(bias, bias_wanted, 5e-5f);
    fast().linear_backward_weight(dy, x, Tensor(), bias_alone);
    expect_close(bias_alone, bias_wanted, 5e-5f);
  }
}

TEST_P(Products, a_row_does_not_depend_on_its_neighbors_or_on_the_threads) {
  const Index in = 200;
  const Tensor x = random({rows(), in}), weight = random({columns(), in}), bias = random({columns()});
  Tensor together({rows(), columns()}), alone({1, columns()});
  fast().linear(x, weight, bias, Activation::gelu, together);
  set_thread_count(1);
  for (Index r = 0; r < rows(); r += 50) {
    fast().linear(x.narrow(0, r, 1), weight, bias, Activation::gelu, alone);
    expect_same(alone, together.narrow(0, r, 1));
  }
}

TEST_P(Products, gradients_do_not_depend_on_the_threads) {
  const Tensor dy = random({500, rows()}), x = random({500, columns()});
  const Tensor one = Tensor::zeros({rows(), columns()}), two = one.clone();
  const Tensor bias_one = Tensor::zeros({rows()}), bias_two = bias_one.clone();
  set_thread_count(1);
  fast().linear_backward_weight(dy, x, one, bias_one);
  for (int threads : {2, 3, 5}) {
    std::fill_n(two.data(), two.count(), 0.0f);
    std::fill_n(bias_two.data(), bias_two.count(), 0.0f);
    set_thread_count(threads);
    fast().linear_backward_weight(dy, x, two, bias_two);
    expect_same(two, one);
    expect_same(bias_two, bias_one);
  }
}

TEST_P(Products, no_rows_are_no_work) {
  const Tensor x({0, 16}), weight = random({columns(), 16}), y({0, columns()});
  fast().linear(x, weight, Tensor(), Activation::none, y);
  const Tensor dweight = random(weight.shape()), before = dweight.clone();
  fast().linear_backward_weight(y, x, dweight, Tensor());
  expect_same(dweight, before);
}

}  // namespace
}  // namespace heed
