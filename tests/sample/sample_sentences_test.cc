#include "heed/sample/sample_sentences.h"

#include <gtest/gtest.h>

#include <set>

namespace heed {
namespace {

TEST(SampleSentences, follow_from_count_and_seed) {
  const auto some = sample_sentences(50);
  EXPECT_EQ(some.size(), 50u);
  EXPECT_EQ(some, sample_sentences(50));
  EXPECT_NE(some, sample_sentences(50, 2));
  const auto more = sample_sentences(80);
  EXPECT_TRUE(std::equal(some.begin(), some.end(), more.begin())) << "more of them begin with the same";
  EXPECT_TRUE(sample_sentences(0).empty());
}

TEST(SampleSentences, are_lines_of_a_few_words_that_end_with_a_full_stop) {
  std::set<std::string> kinds;
  for (const std::string& sentence : sample_sentences(200)) {
    EXPECT_TRUE(sentence.ends_with(" .")) << sentence;
    EXPECT_EQ(sentence.find_first_of("\n\t"), std::string::npos) << sentence;
    EXPECT_EQ(sentence.find("  "), std::string::npos) << sentence;
    for (const char* word : {" lives in ", " because ", " make ", " is not "})
      if (sentence.find(word) != std::string::npos) kinds.insert(word);
  }
  EXPECT_EQ(kinds.size(), 4u) << "every kind is among them";
}

TEST(SampleSentences, say_nothing_that_is_wrong) {
  for (const std::string& sentence : sample_sentences(400)) {
    EXPECT_TRUE(!sentence.starts_with("two and three ") || sentence == "two and three make five .")
        << sentence;
    EXPECT_EQ(sentence.starts_with("anna "), sentence.starts_with("anna asks for her ")) << sentence;
    EXPECT_EQ(sentence.find(" not old ") == std::string::npos,
              sentence.find(" not old but new ") == std::string::npos)
        << sentence;
  }
}

}  // namespace
}  // namespace heed
