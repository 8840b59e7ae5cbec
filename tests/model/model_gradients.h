#pragma once
#include "tests/model/tiny_model.h"

namespace heed {

/// Section 5.4's loss in double: a float one of about 20 is too coarse for difference quotients.
inline double smoothed_loss(const Tensor& logits, const std::vector<Index>& wanted, double smoothing) {
  double loss = 0;
  for (Index row = 0; row < logits.size(0); ++row) {
    const std::vector<float> x = numbers_of(logits.narrow(0, row, 1));
    double sum = 0, mean = 0;
    for (const float score : x) {
      sum += std::exp(static_cast<double>(score));
      mean += static_cast<double>(score) / static_cast<double>(x.size());
    }
    const double target =
        static_cast<double>(x[static_cast<std::size_t>(wanted[static_cast<std::size_t>(row)])]);
    loss += std::log(sum) - (1 - smoothing) * target - smoothing * mean;
  }
  return loss;
}

/// A direction of length 1.
inline std::vector<double> random_direction(const Shape& shape, std::uint64_t seed) {
  const std::vector<float> numbers = numbers_of(random_tensor(shape, seed));
  const double length = size_of_numbers(numbers) * std::sqrt(static_cast<double>(numbers.size()));
  std::vector<double> direction;
  for (const float number : numbers) direction.push_back(static_cast<double>(number) / length);
  return direction;
}

/// Sentences with what is said of them, for whole models of seven pieces.
struct GradientExample {
  TokenBatch source = tokens_of({{3, 4, 5, 2}, {6, 2}, {5, 5, 2}}),
             target = tokens_of({{1, 3, 6}, {1, 4, 4, 5, 6}, {1}});
  std::vector<Index> next = {3, 6, 2, 4, 4, 5, 6, 2, 2};
};

/// The gradients of some parameters against difference quotients of the cross-entropy, smoothed by 0.1, of
/// what logits(pass) gives.
template <class Logits>
void expect_gradients_of(const ParameterStore& store, Backend& backend, const std::vector<Index>& targets,
                         const Logits& logits) {
  // The same elements are dropped each time: the seed is the same.
  const PassSeed seed{.seed = 3, .update = 9};
  Pass pass = Pass::training(backend, seed);
  const Variable loss = ops::cross_entropy(logits(pass), targets, 0.1f);
  pass.backward(loss);

  // Each parameter is moved along random directions, in which every element has its share. The step is so
  // small that no ReLU changes sides; logits are off by about 3e-7, quotients by that over the step.
  constexpr double step = 1.0 / 1024, tolerance = 2e-3;
  std::uint64_t direction_seed = 100;
  for (const auto& [name, parameter] : store.parameters())
    for (int repetition = 0; repetition < 3; ++repetition) {
      const Tensor value = parameter.value();
      const std::vector<double> way = random_direction(value.shape(), ++direction_seed);
      const std::vector<float> start = numbers_of(value), slope = numbers_of(parameter.gradient());
      const auto moved = [&](double steps) {
        for (std::size_t i = 0; i < start.size(); ++i)
          value.data()[i] = start[i] + static_cast<float>(steps * step * way[i]);
        Pass again = Pass::training(backend, seed);
        const double result = smoothed_loss(logits(again).value(), targets, 0.1);
        std::copy(start.begin(), start.end(), value.data());
        return result;
      };
      double expected = 0;
      for (std::size_t i = 0; i < start.size(); ++i) expected += static_cast<double>(slope[i]) * way[i];
      const double quotient = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * step);
      EXPECT_NEAR(quotient, expected, tolerance * std::max(1.0, std::abs(expected))) << name;
    }
}

/// The same of an encoder-decoder.
inline void expect_gradients_of(const EncoderDecoder& model, Backend& backend) {
  const GradientExample example;
  expect_gradients_of(model.store(), backend, example.next,
                      [&](Pass& pass) { return model(pass, example.source, example.target); });
}

}  // namespace heed
