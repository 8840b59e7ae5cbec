#include "heed/sample/sample_summaries.h"

#include <gtest/gtest.h>

#include <set>

namespace heed {
namespace {

TEST(SampleSummaries, follow_from_the_seed_and_are_shorter_than_their_texts) {
  const auto pairs = sample_summaries(200, 1);
  ASSERT_EQ(pairs.size(), 200u);
  std::set<std::string> sources;
  for (const TextPair& pair : pairs) {
    EXPECT_LT(pair.target.size(), pair.source.size());
    EXPECT_FALSE(pair.target.empty());
    sources.insert(pair.source);
  }
  EXPECT_GT(sources.size(), 190u);
  EXPECT_EQ(sample_summaries(200, 1)[7].source, pairs[7].source);
  EXPECT_NE(sample_summaries(200, 2)[7].source, pairs[7].source);
}

}  // namespace
}  // namespace heed
