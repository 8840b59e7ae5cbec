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

TEST(CpuLevel, that_this_processor_lacks_is_refused_with_those_it_has) {
  for (const CpuLevel level : cpu_levels) {
    if (runs_here(level)) {
      EXPECT_NO_THROW(require_runs_here(level, "--cpu"));
      continue;
    }
    try {
      require_runs_here(level, "--cpu");
      ADD_FAILURE() << enum_name(level);
    } catch (const ConfigError& error) {
      EXPECT_NE(std::string(error.what()).find("what runs here: "), std::string::npos) << error.what();
    }
  }
}

TEST(CpuLevel, that_does_not_exist_is_refused) {
  const Asked asked("avx1024");
  EXPECT_THROW(best_cpu_level(), ConfigError);
}

}  // namespace
}  // namespace heed
