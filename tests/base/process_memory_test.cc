#include "heed/base/process_memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
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

TEST(ProcessMemory, no_more_is_available_than_a_limit_of_the_process_leaves) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_AS, &before), 0);
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  constexpr std::size_t left = std::size_t{100} << 20;
  rlimit limited = before;
  limited.rlim_cur = pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) + left;
  ASSERT_EQ(setrlimit(RLIMIT_AS, &limited), 0);
  const std::size_t available = available_bytes();
  ASSERT_EQ(setrlimit(RLIMIT_AS, &before), 0);
  EXPECT_LE(available, left);
  EXPECT_GT(available, left / 2);
}

}  // namespace
}  // namespace heed
