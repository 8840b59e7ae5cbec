#include "heed/text/whitespace_tokenizer.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"

namespace heed {
namespace {

using namespace std::string_literals;
using Ids = std::vector<Index>;

const std::string vocabulary = "<pad>\n<s>\n</s>\n<unk>\ndog\nBox@@\nkampf\n@@\n";

TEST(WhitespaceTokenizer, gives_words_their_line_and_others_the_unknown_id) {
  const WhitespaceTokenizer tokenizer(vocabulary, BpeJoining::keep, "test");
  EXPECT_EQ(tokenizer.encode("dog cat\tkampf\u00A0 \n dog"), (Ids{4, special::unk, special::unk, 4}));
  EXPECT_EQ(tokenizer.encode(""), Ids{});
  EXPECT_EQ(tokenizer.encode(" \t "), Ids{});
  EXPECT_EQ(tokenizer.find("kampf"), 6);
  EXPECT_EQ(tokenizer.find("cat"), std::nullopt);
}

TEST(WhitespaceTokenizer, joins_with_spaces_and_leaves_special_ids_out) {
  const WhitespaceTokenizer tokenizer(vocabulary, BpeJoining::keep, "test");
  EXPECT_EQ(tokenizer.decode(Ids{1, 4, 5, 3, 6, 2, 0}), "dog Box@@ kampf");
  EXPECT_EQ(tokenizer.decode(Ids{}), "");
}

TEST(WhitespaceTokenizer, shows_a_reference_as_it_writes_a_translation) {
  const WhitespaceTokenizer undoes(vocabulary, BpeJoining::undo, "test"),
      keeps(vocabulary, BpeJoining::keep, "test");
  EXPECT_EQ(undoes.as_decoded("ein  Box@@ kampf , un@@ be@@ kannt"), "ein Boxkampf , unbekannt");
  EXPECT_EQ(keeps.as_decoded("ein Box@@ kampf"), "ein Box@@ kampf");
}

TEST(WhitespaceTokenizer, undoes_joints_within_and_at_the_end_of_a_line) {
  const WhitespaceTokenizer tokenizer(vocabulary, BpeJoining::undo, "test");
  EXPECT_EQ(tokenizer.decode(Ids{4, 5, 6, 4}), "dog Boxkampf dog");
  EXPECT_EQ(tokenizer.decode(Ids{4, 5}), "dog Box");
  EXPECT_EQ(tokenizer.decode(Ids{5, 5, 6}), "BoxBoxkampf");
  EXPECT_EQ(tokenizer.decode(Ids{4, 7, 4}), "dog dog");
}

TEST(WhitespaceTokenizer, takes_special_names_in_text_for_unknown_words) {
  const WhitespaceTokenizer tokenizer(vocabulary, BpeJoining::keep, "test");
  EXPECT_EQ(tokenizer.encode("</s> <pad> <s>"), (Ids{special::unk, special::unk, special::unk}));
}

TEST(WhitespaceTokenizer, takes_any_bytes_and_very_long_lines) {
  const WhitespaceTokenizer tokenizer(vocabulary, BpeJoining::keep, "test");
  EXPECT_EQ(tokenizer.encode("\xFF dog\0dog"s), (Ids{special::unk, special::unk}));
  std::string line;
  for (int i = 0; i < 10'000; ++i) line += "dog ";
  EXPECT_EQ(tokenizer.encode(line), Ids(10'000, 4));
}

TEST(WhitespaceTokenizer, refuses_what_is_no_vocabulary) {
  for (const std::string& content :
       {""s, "dog\n"s, "<pad>\n<s>\n</s>\n"s, vocabulary + "dog\n", vocabulary + "cut", vocabulary + "\n",
        vocabulary + "two words\n", "<s>\n<pad>\n</s>\n<unk>\n"s, "\x1F\x8B\x08\0\0"s})
    EXPECT_THROW(WhitespaceTokenizer(content, BpeJoining::keep, "test.vocab"), CheckpointError) << content;
}

TEST(WhitespaceTokenizer, refuses_ids_outside_the_vocabulary) {
  const WhitespaceTokenizer tokenizer(vocabulary, BpeJoining::keep, "test");
  EXPECT_THROW(tokenizer.decode(Ids{8}), DataError);
  EXPECT_THROW(tokenizer.piece(-1), DataError);
}

TEST(CountWords, orders_by_frequency_then_bytes) {
  const std::vector<std::string_view> sentences{"b a c", "b a </s>", "b d"};
  EXPECT_EQ(count_words(sentences), "<pad>\n<s>\n</s>\n<unk>\nb\na\nc\nd\n");
  EXPECT_EQ(count_words(sentences, {.minimum_count = 2}), "<pad>\n<s>\n</s>\n<unk>\nb\na\n");
  EXPECT_EQ(count_words(sentences, {.vocabulary_size = 5}), "<pad>\n<s>\n</s>\n<unk>\nb\n");
}

TEST(CountWords, refuses_an_empty_vocabulary) {
  EXPECT_THROW(count_words({}), DataError);
  const std::vector<std::string_view> sentences{"a b"};
  EXPECT_THROW(count_words(sentences, {.minimum_count = 2}), DataError);
  EXPECT_THROW(count_words(sentences, {.vocabulary_size = 4}), DataError);
}

}  // namespace
}  // namespace heed
