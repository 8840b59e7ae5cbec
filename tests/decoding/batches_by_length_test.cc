#include "heed/decoding/batches_by_length.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

std::vector<std::vector<Index>> of_lengths(const std::vector<std::size_t>& lengths) {
  std::vector<std::vector<Index>> sentences;
  for (const std::size_t length : lengths) sentences.emplace_back(length, 7);
  return sentences;
}

using Batches = std::vector<std::vector<std::size_t>>;

TEST(BatchesByLength, TakeTheLongestFirstAndKeepTheOrderOfEqualOnes) {
  EXPECT_EQ(batches_by_length(of_lengths({2, 5, 3, 5, 2}), 100), (Batches{{1, 3, 2, 0, 4}}));
}

TEST(BatchesByLength, HoldNoMoreTokensThanAllowed) {
  EXPECT_EQ(batches_by_length(of_lengths({4, 4, 4, 2}), 8), (Batches{{0, 1}, {2, 3}}));
}

TEST(BatchesByLength, ASentenceThatIsLongerThanABatchIsAlone) {
  EXPECT_EQ(batches_by_length(of_lengths({1, 20, 20, 1}), 8), (Batches{{1}, {2}, {0, 3}}));
}

TEST(BatchesByLength, NoSentencesMakeNoBatch) { EXPECT_TRUE(batches_by_length({}, 8).empty()); }

}  // namespace
}  // namespace heed
