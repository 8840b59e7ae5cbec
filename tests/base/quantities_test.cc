#include "heed/base/quantities.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"

#include <limits>

namespace heed {
namespace {

TEST(DurationText, keeps_two_steps_of_precision) {
  EXPECT_EQ(duration_text(0.44), "0.4 s");
  EXPECT_EQ(duration_text(9.96), "10 s");
  EXPECT_EQ(duration_text(59.4), "59 s");
  EXPECT_EQ(duration_text(59.6), "1 min 00 s");
  EXPECT_EQ(duration_text(185), "3 min 05 s");
  EXPECT_EQ(duration_text(3599.7), "1 h 00 min");
  EXPECT_EQ(duration_text(3725), "1 h 02 min");
  EXPECT_EQ(duration_text(24 * 3600 - 1), "1 d 00 h");
  EXPECT_EQ(duration_text(183600), "2 d 03 h");
  EXPECT_EQ(duration_text(std::numeric_limits<double>::infinity()), "?");
}

TEST(CountText, keeps_three_digits) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1.5), "1.50");
  EXPECT_EQ(count_text(1000), "1.00k");
  EXPECT_EQ(count_text(12345), "12.3k");
  EXPECT_EQ(count_text(999499), "999k");
  EXPECT_EQ(count_text(999500), "1.00M");
  EXPECT_EQ(count_text(65e6), "65.0M");
  EXPECT_EQ(count_text(2e12), "2.00T");
}

TEST(RateText, divides_by_the_time) {
  EXPECT_EQ(rate_text(24690, 2, "tokens"), "12.3k tokens/s");
  EXPECT_EQ(rate_text(5, 0, "tokens"), "? tokens/s");
}

TEST(BytesText, uses_binary_units) {
  EXPECT_EQ(bytes_text(512), "512 B");
  EXPECT_EQ(bytes_text(1536), "1.50 KiB");
  EXPECT_EQ(bytes_text(2.35 * 1024 * 1024 * 1024), "2.35 GiB");
}

TEST(ParseBytes, reads_what_people_write) {
  EXPECT_EQ(parse_bytes("6G", "x"), std::size_t{6} << 30);
  EXPECT_EQ(parse_bytes("1.5 GiB", "x"), std::size_t{3} << 29);
  EXPECT_EQ(parse_bytes("800M", "x"), std::size_t{800} << 20);
  EXPECT_EQ(parse_bytes("800 mb", "x"), std::size_t{800} << 20);
  EXPECT_EQ(parse_bytes("64k", "x"), std::size_t{64} << 10);
  EXPECT_EQ(parse_bytes("123456", "x"), 123456u);
}

TEST(ParseBytes, refuses_what_is_no_amount) {
  for (const char* text : {"", "lots", "6 gigabytes", "-1G", "0", "G", "1e30", "nan", "6GG", "6 G 5"})
    EXPECT_THROW(parse_bytes(text, "memory"), ConfigError) << text;
}

TEST(TimeLeftText, goes_by_the_speed_so_far) {
  EXPECT_EQ(time_left_text(100, 400, 60), "3 min 00 s left");
  EXPECT_EQ(time_left_text(0, 400, 60), "");
  EXPECT_EQ(time_left_text(400, 400, 60), "0.0 s left");
}

}  // namespace
}  // namespace heed
