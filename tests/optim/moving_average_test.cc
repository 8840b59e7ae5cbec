#include "heed/optim/moving_average.h"

#include "tests/support/backends.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class Average : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Average, every_backend(), backend_name);

TEST_P(Average, starts_at_the_parameters_and_follows_them_slowly) {
  const Variable x = Variable::with_gradient(tensor_of({2}, {1, 2}), nullptr);
  MovingAverage average(backend(), {x}, 0.75);
  EXPECT_EQ(numbers_of(average.averages()[0]), (std::vector<float>{1, 2}));
  x.value().data()[0] = 5;
  average.update();
  EXPECT_EQ(numbers_of(average.averages()[0]), (std::vector<float>{2, 2}));
  average.update();
  EXPECT_EQ(numbers_of(average.averages()[0]), (std::vector<float>{2.75f, 2}));
}

TEST_P(Average, swaps_with_the_parameters_and_back) {
  const Variable x = Variable::with_gradient(tensor_of({2}, {1, 2}), nullptr);
  MovingAverage average(backend(), {x}, 0.5);
  x.value().data()[0] = 3;
  average.update();
  average.swap();
  EXPECT_EQ(numbers_of(x.value()), (std::vector<float>{2, 2}));
  EXPECT_EQ(numbers_of(average.averages()[0]), (std::vector<float>{3, 2}));
  average.swap();
  EXPECT_EQ(numbers_of(x.value()), (std::vector<float>{3, 2}));
}

}  // namespace
}  // namespace heed
