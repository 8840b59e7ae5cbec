#include <gtest/gtest.h>

#include "heed/backend/reference/reference_backend.h"
#include "heed/lesson/attention_by_hand.h"
#include "heed/lesson/before_attention.h"
#include "heed/lesson/counting.h"
#include "heed/lesson/growth_of_scores.h"
#include "heed/lesson/trained_model.h"
#include "tests/support/guarded_backend.h"

namespace heed {
namespace {

TEST(GuardedLesson, has_the_same_numbers_on_memory_that_only_kernels_can_access) {
  GuardedBackend guarded;
  Backend& reference = reference_backend();
  EXPECT_EQ(counting_lesson(guarded), counting_lesson(reference));
  EXPECT_EQ(attention_by_hand(guarded), attention_by_hand(reference));
  EXPECT_EQ(before_attention(guarded), before_attention(reference));
  EXPECT_EQ(growth_of_scores(guarded), growth_of_scores(reference));
}

TEST(GuardedLesson, trains_its_model) {
  GuardedBackend guarded;
  // As far as it comes: the clock is part of it.
  const nlohmann::json lesson =
      trained_model_lesson(guarded, {.sentence = "", .minutes = 0.005}, [] { return false; });
  EXPECT_FALSE(lesson.is_null());
}

}  // namespace
}  // namespace heed
