#include "heed/answers/question_windows.h"

#include <gtest/gtest.h>

#include <set>

#include "heed/base/error.h"
#include "heed/text/tokenizers.h"

namespace heed {
namespace {

Tokenizers words() {
  std::string text = "who is it";
  for (int i = 0; i < 100; ++i) text += " w" + std::to_string(i);
  TokenizerConfig config;
  config.kind = TokenizerKind::whitespace;
  return train_tokenizers(config, std::vector<std::string_view>{text});
}

QuestionEncoder encoder(const AnswerSettings& settings, Index longest_sequence = 1000) {
  return {words().source, settings, {.longest_sequence = longest_sequence}};
}

std::string text_of(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i == 0 ? "w" : " w") + std::to_string(i);
  return text;
}

TEST(QuestionWindows, hold_bos_the_question_eos_the_text_and_eos_with_their_types) {
  const QuestionEncoder encode = encoder({});
  const auto windows = encode.windows("who is it", encode.text("w1 w2"));
  ASSERT_EQ(windows.size(), 1u);
  const QuestionWindow& window = windows[0];
  EXPECT_EQ(window.tokens.size(), 8u);
  EXPECT_EQ(window.tokens[0], special::bos);
  EXPECT_EQ(window.tokens[4], special::eos);
  EXPECT_EQ(window.tokens[7], special::eos);
  EXPECT_EQ(window.types, (std::vector<Index>{0, 0, 0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(window.first, 5);
  EXPECT_EQ(window.last(), 6);
  EXPECT_EQ(window.text[1].begin, 3u);
}

TEST(QuestionWindows, overlap_and_cover_the_text) {
  const QuestionEncoder encode = encoder({.window = 20, .window_stride = 5});
  const auto windows = encode.windows("who", encode.text(text_of(40)));
  std::set<std::size_t> seen;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    EXPECT_LE(windows[w].tokens.size(), 20u);
    EXPECT_EQ(windows[w].text.front().begin, encode.text(text_of(40))[5 * w].begin);
    for (const PlacedToken& token : windows[w].text) seen.insert(token.begin);
  }
  EXPECT_EQ(seen.size(), 40u);
  EXPECT_EQ(windows.size(), 6u);
}

TEST(QuestionWindows, leave_no_gap_where_the_stride_is_larger_than_they_are) {
  const QuestionEncoder encode = encoder({.window = 20, .window_stride = 1000});
  std::set<std::size_t> seen;
  for (const QuestionWindow& window : encode.windows("who", encode.text(text_of(90))))
    for (const PlacedToken& token : window.text) seen.insert(token.begin);
  EXPECT_EQ(seen.size(), 90u);
}

TEST(QuestionWindows, cut_a_question_that_would_fill_them) {
  const QuestionEncoder encode = encoder({.window = 16, .longest_question = 500});
  const auto windows = encode.windows(text_of(80), encode.text("w1 w2"));
  EXPECT_EQ(windows[0].first, 8) << "BOS, six tokens, EOS";
  EXPECT_EQ(windows[0].text.size(), 2u);
}

TEST(QuestionWindows, of_an_empty_text_are_one_without_text) {
  const QuestionEncoder encode = encoder({});
  const auto windows = encode.windows("", encode.text(" \n"));
  ASSERT_EQ(windows.size(), 1u);
  EXPECT_EQ(windows[0].tokens, (std::vector<Index>{special::bos, special::eos, special::eos}));
  EXPECT_LT(windows[0].last(), windows[0].first);
}

TEST(QuestionWindows, are_no_larger_than_the_model_reads) {
  const QuestionEncoder encode = encoder({}, 30);
  for (const QuestionWindow& window : encode.windows("who", encode.text(text_of(80))))
    EXPECT_LE(window.tokens.size(), 30u);
  EXPECT_THROW(encoder({}, 15), ConfigError);
}

}  // namespace
}  // namespace heed
