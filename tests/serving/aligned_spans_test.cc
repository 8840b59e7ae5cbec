#include "heed/serving/aligned_spans.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(AlignedSpans, are_in_the_order_of_the_target_without_empty_ones) {
  EXPECT_EQ(aligned_spans({{{4, 7}, {0, 3}}, {{0, 4}, {4, 9}}, {{7, 7}, {0, 1}}, {{7, 8}, {5, 5}}}),
            (SpanLinks{{{0, 4}, {4, 9}}, {{4, 7}, {0, 3}}}));
  EXPECT_EQ(aligned_spans({}), SpanLinks{});
}

}  // namespace
}  // namespace heed
