#include "heed/text/sentences.h"

#include <gtest/gtest.h>

#include <string>

namespace heed {
namespace {

using Texts = std::vector<std::string>;

Texts texts_of(std::string_view text) {
  Texts all;
  for (const Sentence& sentence : sentences(text)) all.emplace_back(sentence.text);
  return all;
}

TEST(Sentences, end_where_unicode_says) {
  EXPECT_EQ(texts_of("One dog runs. Two sit!  Why? Nobody knows"),
            (Texts{"One dog runs.", "Two sit!", "Why?", "Nobody knows"}));
  EXPECT_EQ(texts_of("我们走吧。今天很好！你呢？"), (Texts{"我们走吧。", "今天很好！", "你呢？"}));
  EXPECT_EQ(texts_of("It costs 3.5 euros, e.g. here."), (Texts{"It costs 3.5 euros, e.g. here."}));
  EXPECT_EQ(texts_of("no end at all"), (Texts{"no end at all"}));
  EXPECT_EQ(texts_of(""), Texts{});
}

TEST(Sentences, do_not_end_behind_abbreviations) {
  EXPECT_EQ(texts_of("Mr. Smith met Mrs. Jones. They left."),
            (Texts{"Mr. Smith met Mrs. Jones.", "They left."}));
}

TEST(Sentences, are_the_text_with_their_white_space) {
  for (const std::string text :
       {"  One.  Two.\tThree.\u00a0Four. ", "One.\u3000二。三。", " ", "a", "\u200b. B. "}) {
    std::string all;
    for (const Sentence& sentence : sentences(text))
      all += std::string(sentence.text) + std::string(sentence.space);
    EXPECT_EQ(all, text);
  }
  EXPECT_EQ(sentences("One.\u3000\tTwo.")[0].space, "\u3000\t");
}

TEST(Sentences, need_a_space_behind_them_but_in_scripts_without) {
  EXPECT_EQ(space_behind("One."), " ");
  EXPECT_EQ(space_behind("Один."), " ");
  EXPECT_EQ(space_behind("한국어."), " ");
  EXPECT_EQ(space_behind("走吧。"), "");
  EXPECT_EQ(space_behind("走吧"), "");
  EXPECT_EQ(space_behind(""), " ");
}

}  // namespace
}  // namespace heed
