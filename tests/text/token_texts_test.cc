#include "heed/text/token_texts.h"

#include <gtest/gtest.h>

#include "heed/text/byte_tokenizer.h"
#include "heed/text/character_tokenizer.h"
#include "heed/text/sentencepiece_tokenizer.h"
#include "heed/text/whitespace_tokenizer.h"

namespace heed {
namespace {

constexpr std::array<std::string_view, 3> sample{"the quick brown fox jumps over the lazy dog",
                                                 "der schnelle braune Fuchs springt, Übung macht",
                                                 "one two three four five six seven eight nine"};

std::shared_ptr<const SentencePieceTokenizer> pieces(WhiteSpace white_space = WhiteSpace::as_in_model) {
  SubwordOptions options{.vocabulary_size = 400, .white_space = white_space, .threads = 1};
  if (white_space == WhiteSpace::exact) options.normalization = "identity";
  return train_subwords(sample, options).tokenizer;
}

std::string all_of(const Tokenizer& tokenizer, std::string_view text) {
  std::string added;
  for (const Index id : tokenizer.encode(text)) added += tokenizer.added_text(id);
  return added;
}

TEST(AddedText, of_all_tokens_is_the_text) {
  const std::string text = "the Übung, zebra 🦊";
  EXPECT_EQ(all_of(*pieces(), text), " " + text);
  EXPECT_EQ(all_of(*pieces(WhiteSpace::exact), text), text);
  EXPECT_EQ(all_of(ByteTokenizer(), text), text);
  EXPECT_EQ(all_of(CharacterTokenizer("U+0020\nU+0061\nU+0062\n", "characters"), "ab ba"), "ab ba");
  EXPECT_EQ(all_of(WhitespaceTokenizer("<pad>\n<s>\n</s>\n<unk>\nbox\nkampf\n", BpeJoining::keep, "words"),
                   "box kampf"),
            " box kampf");
}

/// What stands at the spans of a text, without those that are empty.
std::vector<std::string> at_spans(const Tokenizer& tokenizer, std::string_view text) {
  const auto spans = tokenizer.spans(text);
  EXPECT_EQ(spans.size(), tokenizer.encode(text).size());
  std::vector<std::string> parts;
  Index end = 0;
  for (const auto& span : spans) {
    EXPECT_LE(end, span.begin);
    EXPECT_LE(span.begin, span.end);
    end = span.end;
    if (span.begin < span.end)
      parts.emplace_back(
          text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin)));
  }
  EXPECT_LE(end, std::ssize(text));
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

TEST(Spans, lie_in_the_text_as_it_stands_there) {
  // Two spaces and a ligature, which normalization changes, and a character that is spelled as bytes.
  const std::string text = "the  ﬁve 🦊 dog";
  EXPECT_EQ(joined(at_spans(*pieces(), text)), "theﬁve🦊dog");
  EXPECT_EQ(joined(at_spans(*pieces(WhiteSpace::exact), text)), text);
  EXPECT_EQ(joined(at_spans(ByteTokenizer(), text)), text);
  EXPECT_EQ(at_spans(CharacterTokenizer("U+0061\n", "characters"), "aé🦊"),
            (std::vector<std::string>{"a", "é", "🦊"}));
  EXPECT_EQ(
      at_spans(WhitespaceTokenizer("<pad>\n<s>\n</s>\n<unk>\na\n", BpeJoining::keep, "words"), " a \t bc"),
      (std::vector<std::string>{"a", "bc"}));
}

TEST(TokenTexts, finds_tokens_by_how_they_begin) {
  const WhitespaceTokenizer words("<pad>\n<s>\n</s>\n<unk>\nred\nreddish\nblue\nre\n", BpeJoining::keep,
                                  "words");
  const TokenTexts texts(words);
  const auto named = [&](std::span<const Index> ids) {
    std::vector<std::string> all;
    for (const Index id : ids) all.push_back(texts.text(id));
    return all;
  };
  EXPECT_EQ(named(texts.beginning_with(" red")), (std::vector<std::string>{" red", " reddish"}));
  EXPECT_EQ(named(texts.spelling(" red")), (std::vector<std::string>{" red"}));
  EXPECT_TRUE(texts.beginning_with(" green").empty());
  EXPECT_EQ(texts.text(2), "");
  EXPECT_EQ(texts.longest(), 8u);
  EXPECT_FALSE(texts.begins_within_word(4));
  EXPECT_TRUE(texts.ends_within_word(4));
}

TEST(HasPhrase, finds_whole_words_only) {
  EXPECT_TRUE(has_phrase("ein Hund.", "Hund"));
  EXPECT_FALSE(has_phrase("eine Hundehütte", "Hund"));
  EXPECT_FALSE(has_phrase("ein Schweinehund", "hund"));
  EXPECT_TRUE(has_phrase("Hundehütte und Hund", "Hund"));
  EXPECT_TRUE(has_phrase("guten Tag, alle", "guten Tag"));
  EXPECT_TRUE(has_phrase("私は猫です", "猫"));
  EXPECT_TRUE(has_phrase("100 %", "%"));
}

}  // namespace
}  // namespace heed
