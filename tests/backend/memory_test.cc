#include "heed/backend/memory.h"

#include "tests/support/guarded_backend.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

/// What holds in any memory: the host's, and one that the host cannot access.
class AnyMemory : public testing::TestWithParam<bool> {
 protected:
  Memory& memory() { return GetParam() ? static_cast<Memory&>(guarded_) : host_memory(); }

 private:
  GuardedBackend guarded_;
};

INSTANTIATE_TEST_SUITE_P(All, AnyMemory, testing::Bool(),
                         [](const auto& test) { return test.param ? "guarded" : "host"; });

TEST_P(AnyMemory, gives_back_what_was_written) {
  const Tensor x = memory().empty({2, 3});
  memory().write(tensor_of({2, 3}, {1, 2, 3, 4, 5, 6}), x);
  EXPECT_EQ(memory().numbers(x), (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST_P(AnyMemory, reads_windows_in_the_order_of_their_elements) {
  const Tensor x = memory().from_host(tensor_of({2, 3}, {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(memory().numbers(x.narrow(1, 1, 2)), (std::vector<float>{2, 3, 5, 6}));
}

TEST_P(AnyMemory, fills_a_window_and_nothing_else) {
  const Tensor x = memory().zeros({2, 3});
  memory().fill(x.narrow(1, 1, 1), 7);
  EXPECT_EQ(memory().numbers(x), (std::vector<float>{0, 7, 0, 0, 7, 0}));
}

TEST_P(AnyMemory, clones_share_nothing) {
  const Tensor x = memory().zeros({1, 2}), copied = memory().clone(x);
  memory().fill(x, 1);
  EXPECT_EQ(memory().numbers(copied), (std::vector<float>{0, 0}));
}

TEST_P(AnyMemory, swaps_the_elements_of_two_tensors) {
  const Tensor a = memory().from_host(tensor_of({1, 2}, {1, 2})),
               b = memory().from_host(tensor_of({1, 2}, {3, 4}));
  const Tensor x = memory().clone(a), y = memory().clone(b);
  memory().swap(x, y);
  EXPECT_EQ(memory().numbers(x), (std::vector<float>{3, 4}));
  EXPECT_EQ(memory().numbers(y), (std::vector<float>{1, 2}));
}

TEST(HostMemory, takes_a_host_tensor_as_it_is) {
  const Tensor x({2, 2});
  EXPECT_TRUE(host_memory().from_host(x).shares_memory_with(x));
  EXPECT_TRUE(host_memory().to_host(x).shares_memory_with(x));
}

}  // namespace
}  // namespace heed
