#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "heed/base/random.h"
#include "heed/tensor/tensor.h"

namespace heed {

inline Tensor tensor_of(const Shape& shape, const std::vector<float>& numbers) {
  Tensor tensor(shape);
  EXPECT_EQ(tensor.count(), static_cast<Index>(numbers.size()));
  std::copy(numbers.begin(), numbers.end(), tensor.data());
  return tensor;
}

/// Normally distributed numbers that depend on the seed alone.
inline Tensor random_tensor(const Shape& shape, std::uint64_t seed, float deviation = 1) {
  Tensor tensor(shape);
  Random random(seed);
  for (Index i = 0; i < tensor.count(); ++i) tensor.data()[i] = deviation * random.normal();
  return tensor;
}

/// The elements in order, whatever the strides.
inline std::vector<float> numbers_of(const Tensor& tensor) {
  const Tensor packed = tensor.clone();
  return {packed.data(), packed.data() + packed.count()};
}

/// The root of the mean square.
inline double size_of_numbers(const std::vector<float>& numbers) {
  double squares = 0;
  for (const float number : numbers) squares += static_cast<double>(number) * static_cast<double>(number);
  return numbers.empty() ? 0 : std::sqrt(squares / static_cast<double>(numbers.size()));
}

/// Every element within `tolerance` of the expected one, relative to it or to the tensor's typical size,
/// whichever is larger: float sums err by the size of their terms, not of their result.
inline void expect_close(const Tensor& actual, const Tensor& expected, double tolerance,
                         const std::string& what = {}) {
  ASSERT_EQ(actual.shape(), expected.shape()) << what;
  const std::vector<float> a = numbers_of(actual), e = numbers_of(expected);
  const double typical = size_of_numbers(e);
  for (std::size_t i = 0; i < a.size(); ++i)
    ASSERT_LE(std::abs(static_cast<double>(a[i]) - static_cast<double>(e[i])),
              tolerance * std::max(std::abs(static_cast<double>(e[i])), typical))
        << what << " element " << i << ": " << a[i] << ", expected " << e[i];
}

/// The message of the E that `action` throws; a failure if it throws none.
template <class E, class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const E& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

}  // namespace heed
