#include "heed/base/suggestions.h"

#include <gtest/gtest.h>

#include <vector>

namespace heed {
namespace {

const std::vector<std::string> words{"learning_rate", "layers", "warmup_steps", "label_smoothing"};

TEST(EditDistance, counts_insertions_deletions_replacements_and_swaps) {
  EXPECT_EQ(edit_distance("", ""), 0);
  EXPECT_EQ(edit_distance("abc", ""), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("trian", "train"), 1);
}

TEST(Suggestion, is_the_nearest_word) {
  EXPECT_EQ(suggestion("learnin_rate", words), "learning_rate");
  EXPECT_EQ(suggestion("layer", words), "layers");
  EXPECT_EQ(suggestion("warmup", words), "warmup_steps");
}

TEST(Suggestion, is_absent_where_nothing_is_near) {
  EXPECT_FALSE(suggestion("banana", words));
  EXPECT_FALSE(suggestion("x", words));
  EXPECT_EQ(did_you_mean("banana", words), "");
}

}  // namespace
}  // namespace heed
