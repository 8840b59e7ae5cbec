#include "heed/text/character_tokenizer.h"

#include <gtest/gtest.h>

#include <random>

#include "heed/base/error.h"

namespace heed {
namespace {

using namespace std::string_literals;

CharacterTokenizer learned_from(std::string_view text, Index minimum_count = 1) {
  CharacterCounts counts;
  counts.add(text);
  return CharacterTokenizer(counts.vocabulary(minimum_count), "the test");
}

TEST(CharacterTokenizer, numbers_the_characters_of_a_text_in_their_order) {
  const CharacterTokenizer tokenizer = learned_from("ba\nß 漢a");
  EXPECT_EQ(tokenizer.vocabulary_size(), special::count + 6);
  EXPECT_EQ(tokenizer.encode("\n abß漢"), (std::vector<Index>{4, 5, 6, 7, 8, 9}));
}

TEST(CharacterTokenizer, gives_text_back_as_it_was) {
  for (const std::string& text :
       {""s, "two\n\nlines\r\n\tand  spaces "s, "e\u0301 \u2581 \uFFFD \U0001F680"s, "a\0b"s}) {
    const CharacterTokenizer tokenizer = learned_from("x" + text);
    EXPECT_EQ(tokenizer.decode(tokenizer.encode(text)), text);
  }
}

TEST(CharacterTokenizer, takes_any_bytes_and_says_which_it_does_not_know) {
  const CharacterTokenizer tokenizer = learned_from("abc\uFFFD");
  const std::string text = "a\u00DFb\xFFz\u00DF\uFFFD\xE6\xBC";
  EXPECT_EQ(tokenizer.encode(text), (std::vector<Index>{4, 3, 5, 3, 3, 3, 7, 3, 3}));
  EXPECT_EQ(tokenizer.unknown_parts(text), (std::vector<std::string>{"\u00DF", "\xFF", "z", "\xE6", "\xBC"}));
  EXPECT_TRUE(tokenizer.unknown_parts("cab").empty());
}

TEST(CharacterTokenizer, leaves_special_ids_out_of_text_and_refuses_those_beyond_its_vocabulary) {
  const CharacterTokenizer tokenizer = learned_from("abc");
  EXPECT_EQ(tokenizer.decode(std::vector<Index>{1, 4, 3, 6, 2, 0}), "ac");
  for (const Index id : {Index{-1}, tokenizer.vocabulary_size()}) {
    EXPECT_THROW(tokenizer.decode({{id}}), DataError);
    EXPECT_THROW(tokenizer.piece(id), DataError);
  }
}

TEST(CharacterTokenizer, shows_and_finds_every_piece) {
  const CharacterTokenizer tokenizer = learned_from("a \n\u2581\u200B<漢");
  for (Index id = 0; id < tokenizer.vocabulary_size(); ++id)
    EXPECT_EQ(tokenizer.find(tokenizer.piece(id)), id) << tokenizer.piece(id);
  EXPECT_EQ(tokenizer.piece(4), "<U+000A>");
  EXPECT_EQ(tokenizer.piece(5), "\u2581");
  EXPECT_FALSE(tokenizer.find("b"));
}

TEST(CharacterTokenizer, leaves_out_what_is_rarer_than_asked_for) {
  EXPECT_EQ(learned_from("aabbbc", 2).vocabulary_size(), special::count + 2);
  EXPECT_THROW(learned_from("abc", 2), DataError);
  EXPECT_THROW(learned_from("\xFF\xFE"), DataError);
}

TEST(CharacterTokenizer, comes_back_from_its_file_and_refuses_what_is_none) {
  const CharacterTokenizer tokenizer = learned_from("the dog\n漢");
  EXPECT_EQ(CharacterTokenizer(tokenizer.serialized(), "again").serialized(), tokenizer.serialized());
  for (const std::string& content :
       {""s, "\n"s, "U+0041"s, "U+0042\nU+0041\n"s, "U+0041\nU+0041\n"s, "U+41\n"s, "U+D800\n"s,
        "U+110000\n"s, "U+-041\n"s, "u+0041\n"s, "U+00e4\n"s, "U+0041 \n"s, "A\n"s, "U+FFFFFFFFFFFFFFFF\n"s,
        "U+0041\r\n"s})
    EXPECT_THROW(CharacterTokenizer(content, "bad.characters"), CheckpointError) << content;
}

TEST(CharacterTokenizer, survives_flipped_bits_of_its_file) {
  const std::string good = learned_from("the quick brown fox\n漢字").serialized();
  std::mt19937 random(7);
  Index taken = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bad = good;
    for (int flips = round % 3; flips >= 0; --flips)
      bad[random() % bad.size()] ^= static_cast<char>(1 << random() % 8);
    try {
      const CharacterTokenizer tokenizer(bad, "flipped");
      ++taken;
      EXPECT_EQ(tokenizer.serialized(), bad);
      tokenizer.decode(tokenizer.encode("the quick brown fox\n"));
    } catch (const CheckpointError&) {
    }
  }
  EXPECT_LT(taken, 1500);
}

}  // namespace
}  // namespace heed
