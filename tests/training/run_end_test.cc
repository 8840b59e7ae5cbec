#include "heed/training/run_end.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

RunState state_at(Index update, Index epoch, double minutes) {
  RunState state;
  state.update = update, state.epoch = epoch, state.seconds = 60 * minutes;
  return state;
}

TEST(RunEnd, comes_with_the_first_limit_that_is_reached) {
  const TrainingConfig config{.updates = 100, .epochs = 4, .minutes = 10};
  EXPECT_EQ(end_of(state_at(99, 3, 9.9), config), std::nullopt);
  EXPECT_EQ(end_of(state_at(100, 0, 0), config), TrainingEnd::limit);
  EXPECT_EQ(end_of(state_at(0, 4, 0), config), TrainingEnd::limit);
  EXPECT_EQ(end_of(state_at(0, 0, 10), config), TrainingEnd::limit);
}

TEST(RunEnd, is_no_matter_of_limits_that_are_not_set) {
  EXPECT_EQ(end_of(state_at(99, 1000, 1000), {.updates = 100}), std::nullopt);
}

TEST(RunEnd, comes_when_nothing_gets_better_for_as_long_as_patience_lasts) {
  RunState state;
  state.stale_validations = 3;
  EXPECT_EQ(end_of(state, {.patience = 4}), std::nullopt);
  EXPECT_EQ(end_of(state, {.patience = 3}), TrainingEnd::converged);
  EXPECT_EQ(end_of(state, {.patience = 0}), std::nullopt);
}

TEST(RunEnd, comes_when_the_best_is_as_good_as_asked_for) {
  RunState state;
  state.best = 30, state.best_update = 5, state.better = Better::higher;
  EXPECT_EQ(end_of(state, {.stop_at = 30}), TrainingEnd::reached);
  EXPECT_EQ(end_of(state, {.stop_at = 30.1}), std::nullopt);
  EXPECT_EQ(end_of(state, {}), std::nullopt);
  state.better = Better::lower;
  EXPECT_EQ(end_of(state, {.stop_at = 31}), TrainingEnd::reached);
  EXPECT_EQ(end_of(state, {.stop_at = 29}), std::nullopt);
}

TEST(RunEnd, is_not_seen_in_a_best_that_is_not_there_or_of_an_unknown_direction) {
  RunState state;
  state.best = 30, state.best_update = 5;
  EXPECT_EQ(end_of(state, {.stop_at = 1}), std::nullopt);
  state.better = Better::higher, state.best_update = 0;
  EXPECT_EQ(end_of(state, {.stop_at = -1}), std::nullopt);
}

TEST(RunEnd, lies_ahead_by_the_limit_that_is_nearest) {
  const TrainingConfig config{.updates = 100, .epochs = 4, .minutes = 10};
  EXPECT_DOUBLE_EQ(share_done(state_at(10, 2, 1), config), 0.5);
  EXPECT_DOUBLE_EQ(share_done(state_at(10, 0, 8), config), 0.8);
}

TEST(RunEnd, says_which_limits_to_raise) {
  const TrainingConfig config{.updates = 100, .minutes = 10, .patience = 2};
  RunState state = state_at(100, 3, 4);
  state.stale_validations = 2;
  const std::vector<std::pair<std::string, double>> expected{{"updates", 200}, {"patience", 4}};
  EXPECT_EQ(raised_limits(state, config), expected);
}

}  // namespace
}  // namespace heed
