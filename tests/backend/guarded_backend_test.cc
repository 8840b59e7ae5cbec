#include "tests/support/guarded_backend.h"

#include "tests/support/tensors.h"

namespace heed {
namespace {

TEST(GuardedBackend, computes_what_the_reference_computes) {
  GuardedBackend guarded;
  const Tensor a = random_tensor({3, 4}, 1), b = random_tensor({3, 4}, 2), wanted({3, 4});
  const Tensor y = guarded.empty({3, 4});
  guarded.multiply(guarded.from_host(a), guarded.from_host(b), y);
  reference_backend().multiply(a, b, wanted);
  EXPECT_EQ(guarded.numbers(y), numbers_of(wanted));
}

TEST(GuardedBackendDeathTest, reading_a_tensor_outside_of_kernels_ends_the_program) {
  GuardedBackend guarded;
  const Tensor x = guarded.zeros({2, 2});
  EXPECT_DEATH({ [[maybe_unused]] volatile const float number = x.data()[0]; }, "");
}

TEST(GuardedBackendDeathTest, writing_to_a_tensor_outside_of_kernels_ends_the_program) {
  GuardedBackend guarded;
  const Tensor x = guarded.zeros({2, 2});
  EXPECT_DEATH(x.data()[0] = 1, "");
}

TEST(GuardedBackend, takes_no_operand_that_lies_in_the_hosts_memory) {
  GuardedBackend guarded;
  const Tensor host({2, 2}), y = guarded.empty({2, 2});
  EXPECT_THROW(guarded.softmax(host, y), GuardedBackend::ForeignTensor);
}

}  // namespace
}  // namespace heed
