#include "heed/tensor/data_type.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace heed {
namespace {

float rounded(std::uint32_t bits) { return static_cast<float>(BFloat16(std::bit_cast<float>(bits))); }
float exactly(std::uint32_t bits) { return std::bit_cast<float>(bits); }

TEST(BFloat16, keeps_what_it_can_hold) {
  for (const float x : {0.0f, 1.0f, -2.5f, 0x1p-126f, 0x1p127f})
    EXPECT_EQ(static_cast<float>(BFloat16(x)), x);
  EXPECT_TRUE(std::signbit(static_cast<float>(BFloat16(-0.0f))));
}

TEST(BFloat16, rounds_to_the_nearest_and_ties_to_even) {
  EXPECT_EQ(rounded(0x3F800001), exactly(0x3F800000));  // just above: down
  EXPECT_EQ(rounded(0x3F807FFF), exactly(0x3F800000));  // just below the middle: down
  EXPECT_EQ(rounded(0x3F808000), exactly(0x3F800000));  // the middle: to the even one below
  EXPECT_EQ(rounded(0x3F808001), exactly(0x3F810000));  // just above the middle: up
  EXPECT_EQ(rounded(0x3F818000), exactly(0x3F820000));  // the middle: to the even one above
  EXPECT_EQ(rounded(0xBF818000), exactly(0xBF820000));  // away from zero on the other side, too
}

TEST(BFloat16, keeps_infinity_and_rounds_the_largest_floats_to_it) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(static_cast<float>(BFloat16(infinity)), infinity);
  EXPECT_EQ(static_cast<float>(BFloat16(-infinity)), -infinity);
  EXPECT_EQ(static_cast<float>(BFloat16(std::numeric_limits<float>::max())), infinity);
}

TEST(BFloat16, not_a_number_stays_one) {
  for (const std::uint32_t bits : {0x7FC00000U, 0x7F800001U, 0xFFFFFFFFU})
    EXPECT_TRUE(std::isnan(rounded(bits)));
}

TEST(DataType, knows_sizes_and_names) {
  EXPECT_EQ(size_of(DataType::float32), 4);
  EXPECT_EQ(size_of(DataType::bfloat16), 2);
  EXPECT_EQ(size_of(DataType::int32), 4);
  EXPECT_EQ(size_of(DataType::int8), 1);
  EXPECT_EQ(name_of(DataType::bfloat16), "bfloat16");
}

}  // namespace
}  // namespace heed
