#include "heed/decoding/hypothesis.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(FinishReason, has_a_name_for_every_value) {
  for (const FinishReason reason :
       {FinishReason::eos, FinishReason::stop, FinishReason::length, FinishReason::cancelled})
    EXPECT_EQ(enum_named<FinishReason>(enum_name(reason)), reason);
}

TEST(Hypothesis, is_complete_if_it_was_not_cut_off) {
  EXPECT_TRUE(Hypothesis{.finish_reason = FinishReason::eos}.complete());
  EXPECT_TRUE(Hypothesis{.finish_reason = FinishReason::stop}.complete());
  EXPECT_FALSE(Hypothesis{.finish_reason = FinishReason::length}.complete());
  EXPECT_FALSE(Hypothesis{.finish_reason = FinishReason::cancelled}.complete());
}

}  // namespace
}  // namespace heed
