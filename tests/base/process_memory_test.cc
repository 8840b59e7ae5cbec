#include "heed/base/process_memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace heed {
namespace {

TEST(ProcessMemory, GrowsByWhatIsTouched) {
  constexpr std::size_t bytes = std::size_t{64} << 20;
  const std::size_t before = resident_bytes();
  const std::vector<char> touched(bytes, 'x');
  EXPECT_GE(resident_bytes(), before + bytes * 9 / 10);
  EXPECT_GE(peak_resident_bytes(), before + bytes * 9 / 10);
  EXPECT_EQ(touched.back(), 'x');
}

TEST(ProcessMemory, SomethingIsAvailable) {
  EXPECT_GT(available_bytes(), std::size_t{1} << 20);
  EXPECT_LT(available_bytes(), std::size_t{1} << 50);
}

}  // namespace
}  // namespace heed
