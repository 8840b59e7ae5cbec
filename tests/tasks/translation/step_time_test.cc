#include "heed/tasks/translation/step_time.h"

#include <gtest/gtest.h>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/stopwatch.h"

namespace heed {
namespace {

TimedStep step_of(Index width, Index batch_tokens) {
  TimedStep step{.model = ModelOptions(), .vocabulary = 50, .batch_tokens = batch_tokens, .seconds = 0.05};
  step.model.set("width", width).set("hidden", width).set("heads", 2);
  step.model.set("encoder_layers", 1).set("decoder_layers", 1);
  return step;
}

TEST(StepTime, is_part_of_the_time_that_measuring_it_took) {
  const Stopwatch watch;
  const double seconds = measured_step_seconds(step_of(16, 64), cpu_backend());
  EXPECT_GT(seconds, 0);
  EXPECT_LT(seconds, watch.seconds() / 4);
}

TEST(StepTime, grows_with_model_and_batch) {
  // Sixty-four times the work and more: whatever else runs beside it, that takes longer.
  EXPECT_GT(measured_step_seconds(step_of(128, 512), cpu_backend()),
            measured_step_seconds(step_of(16, 64), cpu_backend()));
}

}  // namespace
}  // namespace heed
