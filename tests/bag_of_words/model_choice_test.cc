#include "heed/bag_of_words/model_choice.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(ModelChoice, follows_texts_per_word) {
  std::vector<LabeledText> texts(3000, {"1", "two words"});
  EXPECT_EQ(model_choice(texts).words, 2);
  EXPECT_TRUE(model_choice(texts).sequence());
  texts.pop_back();
  EXPECT_FALSE(model_choice(texts).sequence());
  EXPECT_EQ(model_choice({}).ratio(), 0);
}

}  // namespace
}  // namespace heed
