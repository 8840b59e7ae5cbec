#include "heed/decoding/suppressed_phrases.h"

#include <gtest/gtest.h>

#include <cmath>

#include "heed/text/byte_tokenizer.h"
#include "heed/text/whitespace_tokenizer.h"

namespace heed {
namespace {

/// Which of these texts must not come next, behind what is written.
std::vector<std::string> forbidden(const Tokenizer& tokenizer, const std::vector<std::string>& phrases,
                                   const std::string& written) {
  const TokenTexts texts(tokenizer);
  std::vector<float> row(static_cast<std::size_t>(texts.size()), 0);
  SuppressedPhrases(texts, phrases).forbid(row, written);
  std::vector<std::string> all;
  for (Index id = 0; id < texts.size(); ++id)
    if (std::isinf(row[static_cast<std::size_t>(id)])) all.push_back(texts.text(id));
  return all;
}

using Texts = std::vector<std::string>;

TEST(TheSuppressedPhrases, cannot_be_completed_whatever_tokens_spell_them) {
  const ByteTokenizer bytes;
  EXPECT_EQ(forbidden(bytes, {"Hund"}, "ein Hun"), Texts{"d"});
  EXPECT_EQ(forbidden(bytes, {"guten  Tag"}, "Guten guten Ta"), Texts{"g"});
  EXPECT_EQ(forbidden(bytes, {"x"}, "a "), Texts{"x"});
}

TEST(TheSuppressedPhrases, may_stand_within_longer_words) {
  const ByteTokenizer bytes;
  EXPECT_TRUE(forbidden(bytes, {"hund"}, "Schweinehun").empty());
  EXPECT_TRUE(forbidden(bytes, {"Hund"}, "ein Hu").empty());
  EXPECT_TRUE(forbidden(bytes, {"x"}, "a").empty());
}

TEST(TheSuppressedPhrases, rule_out_tokens_that_hold_all_of_them_as_a_word) {
  const WhitespaceTokenizer words("<pad>\n<s>\n</s>\n<unk>\nHund\nHunde\nHund.\nDer-Hund\n", BpeJoining::keep,
                                  "words");
  EXPECT_EQ(forbidden(words, {"Hund"}, "ein"), (Texts{" Hund", " Hund.", " Der-Hund"}));
  EXPECT_EQ(forbidden(words, {"ein Hund"}, " ein"), (Texts{" Hund", " Hund."}));
  EXPECT_TRUE(forbidden(words, {"", "  "}, "ein").empty());
}

}  // namespace
}  // namespace heed
