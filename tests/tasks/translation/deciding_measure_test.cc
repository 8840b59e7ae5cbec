#include "heed/tasks/translation/deciding_measure.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

using Names = std::vector<std::string_view>;

DecidingMeasure deciding(const std::string& target, BleuTokenization tokenization) {
  ValidationSet set;
  set.pairs = {{"source", target}};
  return deciding_measure(set, tokenization);
}

TEST(TheDecidingMeasure, is_bleu_unless_it_says_little_of_the_targets) {
  EXPECT_EQ(deciding("one two three four five", BleuTokenization::mteval_13a).name, "bleu");
  EXPECT_EQ(deciding("我们去公园玩", BleuTokenization::zh).name, "bleu");
  const DecidingMeasure by_words = deciding("我们去公园玩", BleuTokenization::mteval_13a);
  EXPECT_EQ(by_words.name, "chrf");
  EXPECT_FALSE(by_words.why.empty());
}

TEST(TheDecidingMeasure, comes_first_of_all_that_may_decide) {
  EXPECT_EQ(measures_to_decide_by({}), (Names{"bleu", "chrf", "exact_match", "loss"}));
  EXPECT_EQ(measures_to_decide_by({.name = "chrf", .why = "so"}),
            (Names{"chrf", "bleu", "exact_match", "loss"}));
}

}  // namespace
}  // namespace heed
