#include "heed/corpus/pair_sample.h"

#include <gtest/gtest.h>

#include <string>

namespace heed {
namespace {

PairSample sample_of(int count, std::size_t most, std::uint64_t seed = 1) {
  PairSample sample(most, seed);
  for (int i = 0; i < count; ++i) sample.see({std::to_string(i), ""});
  return sample;
}

TEST(PairSample, is_the_whole_of_a_corpus_that_is_no_larger) {
  const PairSample sample = sample_of(100, 100);
  EXPECT_TRUE(sample.complete());
  ASSERT_EQ(sample.pairs().size(), 100u);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(sample.pairs()[i].source, std::to_string(i));
}

TEST(PairSample, draws_from_all_of_a_larger_one_evenly) {
  const PairSample sample = sample_of(100'000, 1000);
  EXPECT_FALSE(sample.complete());
  ASSERT_EQ(sample.pairs().size(), 1000u);
  double sum = 0;
  for (const TextPair& pair : sample.pairs()) sum += std::stod(pair.source);
  // The mean of 1,000 numbers up to 100,000: 50,000, give or take 913.
  EXPECT_NEAR(sum / 1000, 50'000, 4 * 913);
}

TEST(PairSample, follows_from_the_seed) {
  EXPECT_EQ(sample_of(5000, 10).pairs()[3].source, sample_of(5000, 10).pairs()[3].source);
  EXPECT_NE(sample_of(5000, 10).pairs()[3].source, sample_of(5000, 10, 2).pairs()[3].source);
}

}  // namespace
}  // namespace heed
