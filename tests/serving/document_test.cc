#include "heed/serving/document.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"

namespace heed {
namespace {

using Texts = std::vector<std::string>;

/// The text put together again, each sentence in brackets.
std::string bracketed(std::string_view text, std::string_view language = "en",
                      Splitting splitting = Splitting::sentences) {
  const Document document(text, language, splitting);
  Texts translations;
  for (const std::string& sentence : document.sentences()) translations.push_back("[" + sentence + "]");
  return document.with(translations);
}

TEST(Document, keeps_the_white_space_between_sentences) {
  EXPECT_EQ(bracketed("  One.  Two!\n\n\tThree?\r\n  four \n"),
            "  [One.]  [Two!]\n\n\t[Three?]\r\n  [four] \n");
  EXPECT_EQ(bracketed("One.\u00A0Two.\u2003"), "[One.]\u00A0[Two.]\u2003");
  EXPECT_EQ(bracketed(""), "");
  EXPECT_EQ(bracketed(" \n "), " \n ");
}

TEST(Document, given_its_own_sentences_is_the_text_again) {
  for (const std::string text : {"A b. C d.\n\n\nE", "x", "\xEF\xBB\xBFHello. You.",
                                 "Он сказал: «Да». Она ушла.", "これはペンです。それは本です。"}) {
    const Document document(text, "");
    EXPECT_EQ(document.with(document.sentences()), text);
    EXPECT_FALSE(document.sentences().empty());
  }
}

TEST(Document, leaves_alone_what_has_no_letters) {
  EXPECT_EQ(bracketed("One. 😀👍 \n123,456.78\n***\nTwo."), "[One.] 😀👍 \n123,456.78\n***\n[Two.]");
  EXPECT_TRUE(Document("42 € – 😀", "en").sentences().empty());
}

TEST(Document, puts_a_space_between_sentences_where_only_the_translation_wants_one) {
  const Document document("これはペンです。それは本です。", "ja");
  EXPECT_EQ(document.with(Texts{"This is a pen.", "That is a book."}), "This is a pen. That is a book.");
  EXPECT_EQ(document.with(Texts{"这是一支笔。", "那是一本书。"}), "这是一支笔。那是一本书。");
}

TEST(Document, takes_lines_that_go_on_together_where_asked_to) {
  const std::string wrapped = "A sentence that\ngoes on.  It ends\n  here.\n\nA title\n\nMore.";
  EXPECT_EQ(bracketed(wrapped, "en", Splitting::punctuation),
            "[A sentence that goes on.]  [It ends here.]\n\n[A title]\n\n[More.]");
  EXPECT_EQ(bracketed("One. Two.\nThree.", "en", Splitting::none), "[One. Two. Three.]");
}

TEST(Document, demands_a_translation_of_each_sentence) {
  EXPECT_THROW(Document("One. Two.", "en").with(Texts{"Eins."}), DataError);
}

}  // namespace
}  // namespace heed
