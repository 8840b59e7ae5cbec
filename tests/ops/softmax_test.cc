#include "heed/ops/softmax.h"

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Softmax : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Softmax, every_backend(), backend_name);

TEST_P(Softmax, gives_exponentials_that_sum_to_1) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({2, 2}, {0, std::log(3.0f), 1e4f, -1e4f}));
  expect_close(ops::softmax(x).value(), tensor_of({2, 2}, {0.25f, 0.75f, 1, 0}), 1e-6);
}

TEST_P(Softmax, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({3, 9}, 1)},
                   [](Pass&, const auto& in) { return ops::softmax(in[0]); });
}

TEST_P(Softmax, gradients_of_a_window_agree_with_difference_quotients) {
  expect_gradients(backend(), {random_tensor({3, 9}, 1)},
                   [](Pass&, const auto& in) { return ops::softmax(in[0].narrow(1, 3, 4)); });
}

}  // namespace
}  // namespace heed
