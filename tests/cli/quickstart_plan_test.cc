#include "cli/quickstart_plan.h"

#include <gtest/gtest.h>

#include "heed/sample/sample_corpus.h"

namespace heed {
namespace {

TEST(QuickstartPlan, is_the_first_that_can_be_done_in_time) {
  const auto plans = quickstart_plans();
  const auto chosen = [&](double seconds) {
    // An update of any plan takes a tenth of a second.
    return fitting_plan(plans, seconds, [](const QuickstartPlan&) { return 0.1; }).name;
  };
  EXPECT_EQ(chosen(1e6), plans.front().name);
  EXPECT_EQ(chosen(0.1 * static_cast<double>(plans[1].updates)), plans[1].name);
  EXPECT_EQ(chosen(0.1 * static_cast<double>(plans[1].updates) - 1), plans.back().name);
  EXPECT_EQ(chosen(0), plans.back().name) << "there is always one";
}

TEST(QuickstartPlan, is_measured_only_where_that_decides) {
  const auto plans = quickstart_plans();
  std::vector<std::string_view> measured;
  fitting_plan(plans, 1, [&](const QuickstartPlan& plan) {
    measured.push_back(plan.name);
    return 1.0;
  });
  EXPECT_EQ(measured, (std::vector{plans[0].name, plans[1].name})) << "the last is taken in any case";
}

TEST(QuickstartPlan, is_found_by_its_name) {
  for (const auto& [name, size] : EnumNames<QuickstartSize>::names)
    EXPECT_TRUE(size == QuickstartSize::automatic || plan_of(size).name == name) << name;
  EXPECT_EQ(std::size(quickstart_plans()) + 1, EnumNames<QuickstartSize>::names.size());
}

TEST(QuickstartPlan, has_the_pairs_that_it_asks_for) {
  for (const QuickstartPlan& plan : quickstart_plans())
    EXPECT_EQ(std::ssize(sample_corpus({.count = plan.pairs, .kinds = plan.kinds})), plan.pairs) << plan.name;
}

}  // namespace
}  // namespace heed
