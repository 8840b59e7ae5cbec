#include "heed/decoding/forced_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "heed/text/whitespace_tokenizer.h"

namespace heed {
namespace {

/// The words of the tokens that may come next.
std::vector<std::string> words(const TokenTexts& texts, const ForcedText& forced, std::size_t place) {
  std::vector<std::string> all;
  for (const Index token : forced.allowed(place)) all.push_back(texts.text(token));
  std::ranges::sort(all);
  return all;
}

TokenTexts texts_of(const std::string& words) {
  return TokenTexts(WhitespaceTokenizer("<pad>\n<s>\n</s>\n<unk>\n" + words, BpeJoining::keep, "words"));
}

TEST(ForcedText, allows_what_begins_with_it_and_what_leads_to_its_end) {
  const TokenTexts texts = texts_of("red\nreddish\nr\nblue\nred-brown\n");
  const ForcedText forced(texts, " red blue");
  EXPECT_EQ(words(texts, forced, 0), (std::vector<std::string>{" red"}));
  EXPECT_EQ(words(texts, forced, 4), (std::vector<std::string>{" blue"}));
  EXPECT_TRUE(forced.done(forced.after(4, forced.allowed(4).front())));
  EXPECT_EQ(words(texts, ForcedText(texts, " red"), 0),
            (std::vector<std::string>{" red", " red-brown", " reddish"}));
}

TEST(ForcedText, knows_what_the_vocabulary_cannot_write) {
  const TokenTexts texts = texts_of("red\nblue\n");
  EXPECT_TRUE(ForcedText(texts, " bl").writable());
  EXPECT_FALSE(ForcedText(texts, " bled").writable());
  EXPECT_FALSE(ForcedText(texts, " red green").writable());
}

}  // namespace
}  // namespace heed
