#include "heed/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace heed {
namespace {

using Words = std::array<std::uint32_t, 4>;

TEST(Philox, gives_the_known_answers_of_its_authors) {
  // philox4x32 10 in kat_vectors of Random123, which accompanies the paper.
  EXPECT_EQ(philox({0, 0}, {0, 0, 0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones}, {ones, ones, ones, ones}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0xa4093822, 0x299f31d0}, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, reads_the_words_of_its_blocks_in_order) {
  Random random(0x299f31d0a4093822, 0x0370734413198a2e);
  for (const std::uint32_t block : {0, 1})
    for (const std::uint32_t word : philox({0xa4093822, 0x299f31d0}, {block, 0, 0x13198a2e, 0x03707344}))
      EXPECT_EQ(random(), word);
}

TEST(Random, follows_from_seed_and_stream) {
  const auto first = [](std::uint64_t seed, std::uint64_t stream) { return Random(seed, stream)(); };
  EXPECT_EQ(first(1, 2), first(1, 2));
  EXPECT_NE(first(1, 2), first(2, 2));
  EXPECT_NE(first(1, 2), first(1, 3));
  EXPECT_NE(first(1, 2), first(1 + (std::uint64_t{1} << 32), 2));
  EXPECT_NE(first(1, 2), first(1, 2 + (std::uint64_t{1} << 32)));
}

TEST(Random, a_copy_goes_on_where_the_original_stood) {
  Random random(1);
  random();
  Random copy = random;
  for (int i = 0; i < 9; ++i) EXPECT_EQ(random(), copy());
}

// Over 100,000 draws the mean of a variable with deviation d is off by less than 4 * d / 316.

TEST(Random, uniform_fills_0_to_1_evenly) {
  Random random(1);
  double sum = 0;
  float least = 1, most = 0;
  for (int i = 0; i < 100000; ++i) {
    const float x = random.uniform();
    ASSERT_TRUE(x >= 0 && x < 1);
    sum += static_cast<double>(x), least = std::min(least, x), most = std::max(most, x);
  }
  EXPECT_NEAR(sum / 100000, 0.5, 0.0037);
  EXPECT_LT(least, 1e-3f);
  EXPECT_GT(most, 0.999f);
}

TEST(Random, normal_has_mean_0_and_variance_1) {
  Random random(2);
  double sum = 0, squares = 0;
  for (int i = 0; i < 100000; ++i) {
    const auto x = static_cast<double>(random.normal());
    ASSERT_TRUE(std::isfinite(x));
    sum += x, squares += x * x;
  }
  EXPECT_NEAR(sum / 100000, 0, 0.0127);
  EXPECT_NEAR(squares / 100000, 1, 0.018);
}

TEST(Random, below_gives_every_number_its_share) {
  Random random(3);
  std::vector<int> counts(7);
  for (int i = 0; i < 70000; ++i) {
    const std::uint32_t x = random.below(7);
    ASSERT_LT(x, 7U);
    ++counts[x];
  }
  for (const int count : counts) EXPECT_NEAR(count, 10000, 4 * 93);
  EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
}  // namespace heed
