#pragma once
#include <functional>

#include "heed/autograd/pass.h"
#include "tests/support/tensors.h"

namespace heed {

/// Builds the result whose gradients are checked from fresh variables for the inputs.
using Operation = std::function<Variable(Pass& pass, const std::vector<Variable>& inputs)>;

struct GradientCheck {
  double step = 1.0 / 32;   // between the points of the difference quotient
  double tolerance = 2e-3;  // float results have an error of about 1e-7 / step each
};

/// The sum of all elements of x, each times a fixed random weight, so that no error cancels out.
class WeighedSum {
 public:
  explicit WeighedSum(const Shape& shape) : weights_(random_tensor(shape, 4711)) {}

  double operator()(const Tensor& x) const {
    const std::vector<float> a = numbers_of(x), w = numbers_of(weights_);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(w[i]);
    return sum;
  }

  Variable operator()(const Variable& x) const {
    const Tensor sum = tensor_of({1}, {static_cast<float>((*this)(x.value()))});
    Backend& backend = x.pass().backend();
    return x.pass().result(
        sum,
        [&backend, x, weights = weights_](const Tensor& dsum) {
          backend.accumulate(weights, dsum.data()[0], {}, x.destination());
        },
        x);
  }

 private:
  Tensor weights_;
};

/// Every derivative of the operation's weighed sum with respect to every element of `inputs[number]`, by a
/// difference quotient of fourth order.
inline std::vector<double> difference_quotients(Backend& backend, const std::vector<Tensor>& inputs,
                                                std::size_t number, const Operation& operation, double step) {
  const auto loss = [&] {
    Pass pass = Pass::training(backend, {.seed = 7, .update = 3});
    std::vector<Variable> variables;
    for (const Tensor& input : inputs) variables.push_back(Variable(input, &pass));
    const Tensor y = operation(pass, variables).value();
    return WeighedSum(y.shape())(y);
  };
  std::vector<double> quotients;
  const Tensor& input = inputs[number];
  for (Index i = 0; i < input.count(); ++i) {
    const float at = input.data()[i];
    const auto moved = [&](double steps) {
      input.data()[i] = at + static_cast<float>(steps * step);
      const double result = loss();
      input.data()[i] = at;
      return result;
    };
    quotients.push_back((8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * step));
  }
  return quotients;
}

/// The gradients of the inputs in `wanted` agree with difference quotients, whether they are the first to
/// come or are added to what the gradient held before.
inline void expect_gradients(Backend& backend, const std::vector<Tensor>& inputs,
                             const std::vector<std::size_t>& wanted, const Operation& operation,
                             const GradientCheck& check) {
  const auto gradients = [&](float before) {
    Pass pass = Pass::training(backend, {.seed = 7, .update = 3});
    std::vector<Variable> variables;
    for (std::size_t n = 0; n < inputs.size(); ++n) {
      const bool learns = std::find(wanted.begin(), wanted.end(), n) != wanted.end();
      variables.push_back(learns ? Variable::with_gradient(inputs[n], &pass) : Variable(inputs[n], &pass));
      if (learns && before != 0) std::fill_n(variables[n].gradient().data(), inputs[n].count(), before);
    }
    const Variable y = operation(pass, variables);
    pass.backward(WeighedSum(y.shape())(y));
    std::vector<std::vector<float>> found;
    for (const std::size_t n : wanted) found.push_back(numbers_of(variables[n].gradient()));
    return found;
  };
  constexpr float before = 0.5f;
  const auto first = gradients(0), added = gradients(before);
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    const std::vector<double> expected =
        difference_quotients(backend, inputs, wanted[w], operation, check.step);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const double tolerance = check.tolerance * std::max(1.0, std::abs(expected[i]));
      ASSERT_NEAR(static_cast<double>(first[w][i]), expected[i], tolerance)
          << "input " << wanted[w] << " element " << i;
      ASSERT_NEAR(static_cast<double>(added[w][i] - before), expected[i], tolerance)
          << "input " << wanted[w] << " element " << i << ", added";
    }
  }
}

/// The operation's gradients agree with difference quotients: for all inputs at once, and for each while the
/// others are constants.
inline void expect_gradients(Backend& backend, const std::vector<Tensor>& inputs, const Operation& operation,
                             const GradientCheck& check = {}) {
  std::vector<std::size_t> all(inputs.size());
  for (std::size_t n = 0; n < inputs.size(); ++n) all[n] = n;
  expect_gradients(backend, inputs, all, operation, check);
  for (std::size_t n = 0; inputs.size() > 1 && n < inputs.size(); ++n)
    expect_gradients(backend, inputs, {n}, operation, check);
}

}  // namespace heed
