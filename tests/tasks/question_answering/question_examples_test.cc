#include "heed/tasks/question_answering/question_examples.h"

#include <gtest/gtest.h>

#include "heed/data/batches.h"
#include "heed/text/tokenizers.h"

namespace heed {
namespace {

/// One question about forty words, w0 to w39, with these answers.
QuestionSet about_words(const std::vector<std::pair<std::string, int>>& answers) {
  QuestionSet set;
  std::vector<std::size_t> begins;
  std::string text;
  for (int i = 0; i < 40; ++i) {
    if (i > 0) text += ' ';
    begins.push_back(text.size());
    text += "w" + std::to_string(i);
  }
  set.paragraphs = {text};
  set.questions = {{.id = "1", .text = "which one"}};
  for (const auto& [answer, word] : answers)
    set.questions[0].answers.push_back({answer, begins[static_cast<std::size_t>(word)]});
  return set;
}

QuestionExamples asked(const QuestionSet& set, const AnswerSettings& settings = {}) {
  TokenizerConfig config;
  config.kind = TokenizerKind::whitespace;
  const std::vector<std::string_view> texts{set.paragraphs[0], "which one"};
  return {set, QuestionEncoder(train_tokenizers(config, texts).source, settings, {.longest_sequence = 1000})};
}

std::vector<Index> places(const QuestionExamples& questions, Index window, Index epoch = 0) {
  return make_batch(questions, std::span(&window, 1), epoch).columns[2].tokens;
}

TEST(QuestionExamples, have_the_places_of_an_answers_first_and_last_token) {
  const QuestionExamples questions = asked(about_words({{"w3 w4", 3}}));
  EXPECT_EQ(questions.size(), 1);
  // BOS, two words, EOS, then the text.
  EXPECT_EQ(places(questions, 0), (std::vector<Index>{7, 8}));
  const Batch batch = make_batch(questions, std::vector<Index>{0});
  EXPECT_EQ(batch.columns[0].tokens.size(), 45u);
  EXPECT_EQ(std::ranges::count(batch.columns[1].tokens, 0), 4);
  EXPECT_EQ(questions.rows(0, 0), 45);
  EXPECT_EQ(questions.rows(0, 2), 2);
}

TEST(QuestionExamples, have_the_place_of_bos_in_windows_that_do_not_hold_the_whole_answer) {
  const QuestionExamples questions =
      asked(about_words({{"w9 w10 w11", 9}}), {.window = 16, .window_stride = 5});
  // Eleven words a window, from words 0, 5, 10 and so on.
  EXPECT_EQ(places(questions, 0), (std::vector<Index>{0, 0})) << "w11 is cut off";
  EXPECT_EQ(places(questions, 1), (std::vector<Index>{8, 10}));
  EXPECT_EQ(places(questions, 2), (std::vector<Index>{0, 0})) << "w9 is cut off";
  EXPECT_EQ(questions.with_answer(), 1);
}

TEST(QuestionExamples, take_another_of_several_answers_in_each_epoch) {
  const QuestionExamples questions = asked(about_words({{"w3", 3}, {"w3 w4", 3}}));
  EXPECT_EQ(places(questions, 0, 0), (std::vector<Index>{7, 7}));
  EXPECT_EQ(places(questions, 0, 1), (std::vector<Index>{7, 8}));
  EXPECT_EQ(places(questions, 0, 2), (std::vector<Index>{7, 7}));
}

TEST(QuestionExamples, without_an_answer_have_the_place_of_bos) {
  EXPECT_EQ(places(asked(about_words({})), 0), (std::vector<Index>{0, 0}));
  EXPECT_EQ(asked(about_words({})).with_answer(), 0);
}

TEST(QuestionExamples, take_the_word_that_an_answer_is_a_part_of) {
  QuestionSet set = about_words({{"w3", 3}});
  set.questions[0].answers[0].text = "3";
  set.questions[0].answers[0].begin += 1;
  EXPECT_EQ(places(asked(set), 0), (std::vector<Index>{7, 7}));
}

}  // namespace
}  // namespace heed
