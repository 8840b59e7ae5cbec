#include "heed/data/learn_tokenizer.h"

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

class LearningTokenizers : public WithFiles {
 protected:
  Tokenizers learn(std::string_view text, const TokenizerConfig& config, const TextSample& sample = {}) {
    report_ = {};
    return learn_tokenizer(TextDocuments({file("text", text)}), config, report_, sample);
  }

  static std::string long_text() {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "word" + std::to_string(i * i % 9973) + (i % 9 ? " " : "\n");
    return text;
  }

  DocumentReport report_;
};

TEST_F(LearningTokenizers, characters_come_from_all_of_the_text) {
  const std::string text = long_text() + "\u6F22";
  const Tokenizers tokenizers = learn(text, {.kind = TokenizerKind::characters}, {.bytes = 100});
  EXPECT_TRUE(tokenizers.source->unknown_parts(text).empty());
  EXPECT_TRUE(tokenizers.notes.empty());
  EXPECT_EQ(report_.bytes, std::ssize(text));
}

TEST_F(LearningTokenizers, pieces_come_from_a_sample_that_the_seed_draws) {
  const std::string text = long_text();
  TokenizerConfig config = for_language_models({.vocabulary_size = 400});
  const Tokenizers tokenizers = learn(text, config, {.bytes = 40'000, .seed = 3});
  EXPECT_EQ(tokenizers.source->decode(tokenizers.source->encode(text)), text);
  ASSERT_EQ(tokenizers.notes.size(), 1u);
  EXPECT_NE(tokenizers.notes[0].find("of " + std::to_string(text.size()) + " bytes"), std::string::npos)
      << tokenizers.notes[0];
  const auto again = learn(text, config, {.bytes = 40'000, .seed = 3});
  EXPECT_EQ(again.source->serialized(), tokenizers.source->serialized());
  const auto other = learn(text, config, {.bytes = 40'000, .seed = 4});
  EXPECT_NE(other.source->serialized(), tokenizers.source->serialized());
}

TEST_F(LearningTokenizers, pieces_come_from_long_lines_too) {
  std::string line;
  for (int i = 0; i < 10'000; ++i) line += "some words ";
  for (const bool exact : {true, false}) {
    const auto notes = learn(line, {.vocabulary_size = 280, .exact_whitespace = exact}).notes;
    for (const std::string& note : notes) EXPECT_EQ(note.find("too long"), std::string::npos) << note;
  }
}

TEST_F(LearningTokenizers, words_come_from_the_whole_of_a_small_text) {
  const Tokenizers tokenizers = learn("a b\nc b\n", {.kind = TokenizerKind::whitespace});
  EXPECT_EQ(tokenizers.source->vocabulary_size(), special::count + 3);
  EXPECT_TRUE(tokenizers.notes.empty());
}

TEST_F(LearningTokenizers, bytes_need_no_text_and_others_do) {
  EXPECT_EQ(learn("", {.kind = TokenizerKind::bytes}).source->vocabulary_size(), special::count + 256);
  for (const auto kind : {TokenizerKind::characters, TokenizerKind::whitespace, TokenizerKind::bpe})
    EXPECT_THROW(learn("", {.kind = kind}), DataError) << enum_name(kind);
}

TEST_F(LearningTokenizers, options_that_do_not_fit_are_refused) {
  EXPECT_THROW(learn("text", {.kind = TokenizerKind::characters, .vocabulary_size = 10}), ConfigError);
}

}  // namespace
}  // namespace heed
