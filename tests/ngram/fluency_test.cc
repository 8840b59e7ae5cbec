#include "heed/ngram/fluency.h"

#include <gtest/gtest.h>

#include <cmath>

#include "heed/ngram/estimation.h"
#include "tests/ngram/lecture.h"

namespace heed {
namespace {

class Fluency : public testing::Test {
 protected:
  const NgramModel model_ = kneser_ney(counted(logs, 3, SentenceMarks::both)).model;
};

TEST_F(Fluency, is_higher_for_what_was_learnt_than_for_its_words_shuffled) {
  EXPECT_GT(fluency(model_, "check the battery log").per_word(),
            fluency(model_, "log battery the check").per_word());
}

TEST_F(Fluency, is_the_sum_of_what_the_words_and_the_end_get) {
  const char* sentence = "check the unheard-of log";
  double sum = 0;
  for (const WordScore& word : score_words(model_, sentence)) sum += word.log_probability;
  const FluencyScore score = fluency(model_, sentence);
  EXPECT_DOUBLE_EQ(score.log_probability, sum);
  EXPECT_EQ(score.words, 4);
  EXPECT_EQ(score.unknown, 1);
  EXPECT_DOUBLE_EQ(score.per_word(), sum / 5);
  EXPECT_DOUBLE_EQ(score.perplexity(), std::exp(-sum / 5));
}

TEST_F(Fluency, says_which_ngrams_gave_it) {
  const std::vector<WordScore> words = score_words(model_, "check the find");
  ASSERT_EQ(words.size(), 4u);
  EXPECT_EQ(words[0].order, 2);
  EXPECT_EQ(words[1].order, 3);
  EXPECT_EQ(words[2].order, 1);
}

TEST_F(Fluency, takes_marks_in_the_text_for_unknown_words) {
  EXPECT_EQ(fluency(model_, "<s> check </s>").unknown, 2);
  EXPECT_EQ(fluency(model_, "<s>").log_probability, fluency(model_, "unheard-of").log_probability);
}

TEST_F(Fluency, of_an_empty_sentence_is_that_of_its_end) {
  const FluencyScore score = fluency(model_, " ");
  EXPECT_EQ(score.predictions(), 1);
  EXPECT_LT(score.per_word(), 0);
}

}  // namespace
}  // namespace heed
