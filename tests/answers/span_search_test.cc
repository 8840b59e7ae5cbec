#include "heed/answers/span_search.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

/// A window of a text of one-letter words whose first one is number `from`; tokens 0 to 2 are BOS, a word of
/// the question and EOS.
QuestionWindow window_of(std::size_t from, std::size_t count) {
  QuestionWindow window;
  window.first = 3;
  for (std::size_t i = 0; i < count; ++i) window.text.push_back({9, 2 * (from + i), 2 * (from + i) + 1});
  window.tokens.assign(count + 4, 9);
  return window;
}

/// All probability at two tokens, but for a little.
SpanScores scores_of(std::size_t tokens, std::size_t start, std::size_t end, float sure = -0.1f) {
  SpanScores scores{std::vector<float>(tokens, -9), std::vector<float>(tokens, -9)};
  scores.start[start] = scores.end[end] = sure;
  return scores;
}

TEST(BestAnswers, are_the_likeliest_span_in_bytes_of_the_text) {
  const std::vector<QuestionWindow> windows{window_of(0, 5)};
  const std::vector<SpanScores> scores{scores_of(9, 4, 5)};
  const auto found = best_answers(windows, scores, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].begin, 2u);
  EXPECT_EQ(found[0].end, 5u);
  EXPECT_NEAR(found[0].log_probability, -0.2, 1e-6);
}

TEST(BestAnswers, neither_end_before_they_start_nor_lie_in_the_question) {
  const std::vector<QuestionWindow> windows{window_of(0, 5)};
  for (const auto& [start, end] : {std::pair{6, 4}, std::pair{1, 2}, std::pair{0, 0}, std::pair{8, 8}}) {
    const std::vector<SpanScores> scores{
        scores_of(9, static_cast<std::size_t>(start), static_cast<std::size_t>(end))};
    const auto found = best_answers(windows, scores, {});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_LT(found[0].begin, found[0].end);
    EXPECT_LE(found[0].end, 9u);
  }
}

TEST(BestAnswers, are_no_longer_than_they_may_be) {
  const std::vector<QuestionWindow> windows{window_of(0, 8)};
  const std::vector<SpanScores> scores{scores_of(12, 3, 9)};
  const auto found = best_answers(windows, scores, {.longest_answer = 3});
  EXPECT_LE(found[0].end - found[0].begin, 5u);
}

TEST(BestAnswers, of_several_windows_are_each_named_once_with_the_best_of_them) {
  const std::vector<QuestionWindow> windows{window_of(0, 5), window_of(2, 5)};
  const std::vector<SpanScores> scores{scores_of(9, 5, 5, -0.7f), scores_of(9, 3, 3, -0.1f)};  // one word
  const auto found = best_answers(windows, scores, {.count = 3});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].begin, 4u);
  EXPECT_NEAR(found[0].log_probability, -0.2, 1e-6);
  for (std::size_t i = 1; i < found.size(); ++i) {
    EXPECT_LE(found[i].log_probability, found[i - 1].log_probability);
    EXPECT_FALSE(found[i].begin == found[0].begin && found[i].end == found[0].end);
  }
}

TEST(BestAnswers, may_be_none_where_all_windows_say_so) {
  const std::vector<QuestionWindow> windows{window_of(0, 5), window_of(2, 5)};
  const std::vector<SpanScores> all_none{scores_of(9, 0, 0), scores_of(9, 0, 0)},
      one_found{scores_of(9, 0, 0), scores_of(9, 4, 4)};
  EXPECT_TRUE(best_answers(windows, all_none, {.may_be_unanswerable = true})[0].none);
  EXPECT_FALSE(best_answers(windows, one_found, {.may_be_unanswerable = true})[0].none);
  EXPECT_FALSE(best_answers(windows, all_none, {})[0].none);
}

TEST(BestAnswers, of_an_empty_text_are_nothing_or_none) {
  const std::vector<QuestionWindow> windows{window_of(0, 0)};
  const std::vector<SpanScores> scores{scores_of(4, 0, 0)};
  EXPECT_TRUE(best_answers(windows, scores, {}).empty());
  EXPECT_TRUE(best_answers(windows, scores, {.may_be_unanswerable = true})[0].none);
}

}  // namespace
}  // namespace heed
