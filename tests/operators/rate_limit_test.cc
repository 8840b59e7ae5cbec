#include "heed/operators/rate_limit.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, lets_so_many_a_minute_pass_at_once_or_spread) {
  RateLimit limit;
  RateLimit::Clock::time_point now{1h};
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(limit.count("a", 6, now));
  EXPECT_EQ(limit.count("a", 6, now), 10s);
  EXPECT_EQ(limit.count("a", 6, now + 4s), 6s);  // a refused one does not count
  for (int i = 1; i < 100; ++i) EXPECT_FALSE(limit.count("a", 6, now + i * 10s)) << i;
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(limit.count("b", 6, now));
}

TEST(RateLimit, forgets_who_asked_longest_ago_where_there_are_too_many) {
  RateLimit limit(2);
  RateLimit::Clock::time_point now{1h};
  EXPECT_FALSE(limit.count("a", 1, now));
  EXPECT_FALSE(limit.count("b", 1, now));
  EXPECT_TRUE(limit.count("a", 1, now));
  EXPECT_FALSE(limit.count("c", 1, now));  // in the place of a
  EXPECT_TRUE(limit.count("b", 1, now));
  EXPECT_FALSE(limit.count("a", 1, now));
}

}  // namespace
}  // namespace heed
