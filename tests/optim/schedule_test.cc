#include "heed/optim/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace heed {
namespace {

TEST(Schedule, is_the_formula_of_section_5_3) {
  // lrate = width^-0.5 * min(step^-0.5, step * warmup^-1.5)
  for (const auto& [width, warmup] : {std::pair<Index, Index>{512, 4000}, {1024, 4000}, {128, 100}}) {
    const Schedule schedule{.peak = Schedule::paper_peak(width, warmup), .warmup = warmup};
    for (const Index step : {1, 2, 99, 100, 101, 3999, 4000, 4001, 100000}) {
      const auto t = static_cast<double>(step), w = static_cast<double>(warmup);
      const double expected =
          std::pow(static_cast<double>(width), -0.5) * std::min(std::pow(t, -0.5), t * std::pow(w, -1.5));
      EXPECT_NEAR(schedule(step), expected, 1e-12) << "step " << step << " of warm-up " << warmup;
    }
  }
}

TEST(Schedule, peaks_at_0_0007_for_the_papers_base_model) {
  EXPECT_NEAR(Schedule::paper_peak(512, 4000), 0.000698771, 1e-9);
}

TEST(Schedule, constant_stays_at_its_peak) {
  const Schedule schedule{.kind = ScheduleKind::constant, .peak = 0.5, .warmup = 10};
  EXPECT_DOUBLE_EQ(schedule(1), 0.05);
  EXPECT_DOUBLE_EQ(schedule(10), 0.5);
  EXPECT_DOUBLE_EQ(schedule(100000), 0.5);
}

TEST(Schedule, linear_reaches_0_at_the_last_update_and_stays_there) {
  const Schedule schedule{.kind = ScheduleKind::linear, .peak = 1, .warmup = 10, .updates = 110};
  EXPECT_DOUBLE_EQ(schedule(5), 0.5);
  EXPECT_DOUBLE_EQ(schedule(10), 1);
  EXPECT_DOUBLE_EQ(schedule(60), 0.5);
  EXPECT_DOUBLE_EQ(schedule(110), 0);
  EXPECT_DOUBLE_EQ(schedule(200), 0);
}

TEST(Schedule, cosine_falls_slowly_at_first_and_at_last_and_reaches_0) {
  const Schedule schedule{.kind = ScheduleKind::cosine, .peak = 2, .warmup = 10, .updates = 110};
  EXPECT_DOUBLE_EQ(schedule(5), 1);
  EXPECT_DOUBLE_EQ(schedule(10), 2);
  EXPECT_NEAR(schedule(35), 1 + std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(schedule(60), 1, 1e-12);
  EXPECT_DOUBLE_EQ(schedule(110), 0);
  EXPECT_DOUBLE_EQ(schedule(200), 0);
}

TEST(Schedule, without_a_warm_up_starts_at_its_peak) {
  for (const ScheduleKind kind : {ScheduleKind::inverse_sqrt, ScheduleKind::constant}) {
    const Schedule schedule{.kind = kind, .peak = 0.5, .warmup = 0};
    EXPECT_DOUBLE_EQ(schedule(1), 0.5);
  }
}

}  // namespace
}  // namespace heed
