#include "heed/backend/cpu/level.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "heed/base/error.h"

namespace heed {
namespace {

/// The environment variable HEED_CPU for as long as it lives.
class Asked {
 public:
  explicit Asked(const char* level) { ::setenv("HEED_CPU", level, 1); }
  ~Asked() { ::unsetenv("HEED_CPU"); }
};

TEST(CpuLevel, is_what_was_asked_for) {
  const Asked asked("baseline");
  EXPECT_EQ(best_cpu_level(), CpuLevel::baseline);
}

TEST(CpuLevel, is_the_best_where_nothing_is_asked_for) {
  const CpuLevel best = best_cpu_level();
  const Asked asked("");
  EXPECT_EQ(best_cpu_level(), best);
}

TEST(CpuLevel, that_does_not_exist_is_refused) {
  const Asked asked("avx1024");
  EXPECT_THROW(best_cpu_level(), ConfigError);
}

}  // namespace
}  // namespace heed
