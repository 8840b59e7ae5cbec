#include "heed/alignment/word_alignment.h"

#include <gtest/gtest.h>

#include "heed/text/byte_tokenizer.h"
#include "heed/text/sentencepiece_tokenizer.h"
#include "heed/text/whitespace_tokenizer.h"

namespace heed {
namespace {

TEST(WordsBetweenSpaces, are_found_in_any_white_space) {
  const std::string text = "  the\u00a0big\tdog\u3000猫 ";
  std::vector<std::string> words;
  for (const auto& [begin, end] : words_between_spaces(text))
    words.push_back(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  EXPECT_EQ(words, (std::vector<std::string>{"the", "big", "dog", "猫"}));
  EXPECT_TRUE(words_between_spaces(" ").empty());
}

TEST(AlignWords, links_words_whose_tokens_are_linked) {
  // "ein|Haus|boot" from "a|house|boat": the pieces of one word come from two.
  const TokenLinks links{{{0, 3}, {0, 1}}, {{4, 8}, {2, 7}}, {{8, 12}, {8, 12}}};
  const WordAlignment alignment = align_words("a house boat", "ein Hausboot", links);
  EXPECT_EQ(alignment.pharaoh(), "0-0 1-1 2-1");
  EXPECT_EQ(alignment.target_words, (std::vector<TextSpan>{{0, 3}, {4, 12}}));
}

TEST(AlignWords, leaves_empty_spans_unlinked) {
  EXPECT_EQ(align_words("a b", "c d", {{{0, 1}, {1, 1}}, {{2, 2}, {0, 1}}, {{2, 3}, {2, 3}}}).pharaoh(),
            "1-1");
  EXPECT_EQ(align_words("", "", {}).pharaoh(), "");
}

/// The texts at the spans of what a tokenizer makes of a text.
std::vector<std::string> parts(const Tokenizer& tokenizer, std::string_view text) {
  const std::vector<Index> ids = tokenizer.encode(text);
  const std::string decoded = tokenizer.decode(ids);
  std::vector<std::string> all;
  for (const auto& [begin, end] : spans_of_decoded(tokenizer, ids))
    all.push_back(decoded.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  return all;
}

TEST(SpansOfDecoded, lie_in_the_text_that_the_ids_write) {
  EXPECT_EQ(
      parts(WhitespaceTokenizer("<pad>\n<s>\n</s>\n<unk>\nred\ndog\n", BpeJoining::keep, "words"), "red dog"),
      (std::vector<std::string>{"red", "dog"}));
  EXPECT_EQ(parts(WhitespaceTokenizer("<pad>\n<s>\n</s>\n<unk>\nbox@@\ndog\n", BpeJoining::undo, "words"),
                  "box@@ dog dog"),
            (std::vector<std::string>{"box", "dog", "dog"}));
  EXPECT_EQ(parts(ByteTokenizer(), "a b"), (std::vector<std::string>{"a", "", "b"}));
}

TEST(SpansOfDecoded, tile_what_pieces_write) {
  constexpr std::array<std::string_view, 2> sample{"the quick brown fox jumps over the lazy dog",
                                                   "der schnelle braune Fuchs springt, Übung macht"};
  const auto tokenizer = train_subwords(sample, {.vocabulary_size = 350, .threads = 1}).tokenizer;
  std::string all;
  for (const std::string& part : parts(*tokenizer, "the Übung jumps 🦊 dog")) all += part;
  EXPECT_EQ(all, "theÜbungjumps🦊dog");
}

}  // namespace
}  // namespace heed
