#include "heed/text/word_starts.h"

#include <gtest/gtest.h>

#include "heed/text/tokenizers.h"

namespace heed {
namespace {

/// The words of a text, each as its pieces joined.
std::vector<std::string> words(const Tokenizers& tokenizers, std::string_view text) {
  const std::vector<Index> ids = tokenizers.source->encode(text);
  std::vector<std::size_t> starts = WordStarts(*tokenizers.source)(ids);
  starts.push_back(ids.size());
  std::vector<std::string> all;
  for (std::size_t i = 0; i + 1 < starts.size(); ++i)
    all.push_back(tokenizers.source->decode(std::span(ids).subspan(starts[i], starts[i + 1] - starts[i])));
  return all;
}

Tokenizers of_kind(TokenizerKind kind, const std::string& text) {
  TokenizerConfig config;
  config.kind = kind;
  config.vocabulary_size = kind == TokenizerKind::unigram ? std::optional<Index>(300) : std::nullopt;
  return train_tokenizers(config, std::vector<std::string_view>{text});
}

TEST(WordStarts, of_pieces_are_behind_spaces_and_around_punctuation) {
  const Tokenizers pieces =
      of_kind(TokenizerKind::unigram, "a good film, not a bad one (really). goodness, badly filmed!");
  EXPECT_EQ(words(pieces, "a goodfilm, (badly) one."),
            (std::vector<std::string>{"a", "goodfilm", ",", "(", "badly", ")", "one", "."}));
  EXPECT_TRUE(words(pieces, "").empty());
}

TEST(WordStarts, of_words_are_all_tokens) {
  EXPECT_EQ(words(of_kind(TokenizerKind::whitespace, "a b c ."), "a c b ."),
            (std::vector<std::string>{"a", "c", "b", "."}));
}

TEST(WordStarts, of_characters_are_behind_spaces) {
  EXPECT_EQ(words(of_kind(TokenizerKind::characters, "to be, or"), "to be,"),
            (std::vector<std::string>{"to", " be", ","}));
}

}  // namespace
}  // namespace heed
