#include "heed/tensor/segments.h"

#include <gtest/gtest.h>

#include <array>

namespace heed {
namespace {

TEST(Segments, packed_lie_one_after_the_other) {
  const Segments segments = Segments::packed(std::array<Index, 3>{2, 0, 3});
  ASSERT_EQ(segments.size(), 3);
  EXPECT_EQ(segments[0], (Segment{0, 2}));
  EXPECT_EQ(segments[1], (Segment{2, 0}));
  EXPECT_EQ(segments[2], (Segment{2, 3}));
  EXPECT_EQ(segments.rows(), 5);
  EXPECT_EQ(segments.extent(), 5);
  EXPECT_EQ(segments.longest(), 3);
  EXPECT_EQ(segments.lengths(), (std::vector<Index>{2, 0, 3}));
}

TEST(Segments, uniform_are_equally_long) {
  EXPECT_EQ(Segments::uniform(3, 4).lengths(), (std::vector<Index>{4, 4, 4}));
  EXPECT_EQ(Segments::uniform(3, 4)[2], (Segment{8, 4}));
}

TEST(Segments, may_leave_gaps_and_share_rows) {
  const Segments segments({{10, 5}, {0, 2}, {11, 2}});
  EXPECT_EQ(segments.rows(), 9);
  EXPECT_EQ(segments.extent(), 15);
  EXPECT_EQ(segments.longest(), 5);
}

TEST(Segments, pick_reorders_and_repeats) {
  const Segments picked = Segments::packed(std::array<Index, 3>{2, 1, 3}).pick(std::array<Index, 3>{2, 0, 2});
  ASSERT_EQ(picked.size(), 3);
  EXPECT_EQ(picked[0], (Segment{3, 3}));
  EXPECT_EQ(picked[1], (Segment{0, 2}));
  EXPECT_EQ(picked[2], (Segment{3, 3}));
}

TEST(Segments, of_nothing_are_empty) {
  const Segments none;
  EXPECT_EQ(none.size() + none.rows() + none.longest() + none.extent(), 0);
}

}  // namespace
}  // namespace heed
