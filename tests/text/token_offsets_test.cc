#include "heed/text/token_offsets.h"

#include <gtest/gtest.h>

#include "heed/text/tokenizers.h"

namespace heed {
namespace {

Tokenizers of_kind(TokenizerKind kind, bool exact = false, const std::string& normalization = "nmt_nfkc") {
  const std::vector<std::string_view> texts{
      "a good film, not a bad one (really). badly filmed in 1999 Caf\u00e9"};
  TokenizerConfig config;
  config.kind = kind;
  if (kind == TokenizerKind::unigram)
    config.vocabulary_size = 310, config.normalization = normalization, config.exact_whitespace = exact;
  return train_tokenizers(config, texts);
}

/// What the tokens stand for, as the text has it.
std::vector<std::string> parts(const Tokenizers& tokenizers, std::string_view text) {
  std::vector<std::string> all;
  for (const auto& [id, begin, end] : encode_with_offsets(*tokenizers.source, text))
    all.emplace_back(text.substr(begin, end - begin));
  return all;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

TEST(TokenOffsets, are_the_places_of_words) {
  EXPECT_EQ(parts(of_kind(TokenizerKind::whitespace), "  a good\tunknown\n film,"),
            (std::vector<std::string>{"a", "good", "unknown", "film,"}));
}

TEST(TokenOffsets, cover_each_letter_once_whatever_a_token_is) {
  for (const TokenizerKind kind : {TokenizerKind::unigram, TokenizerKind::bytes, TokenizerKind::characters}) {
    const std::string spaces = kind == TokenizerKind::unigram ? "" : " ";
    EXPECT_EQ(joined(parts(of_kind(kind), "a bad film (filmed)")),
              "a" + spaces + "bad" + spaces + "film" + spaces + "(filmed)");
  }
  EXPECT_EQ(joined(parts(of_kind(TokenizerKind::unigram, true, "identity"), "a bad film")), "a bad film");
}

TEST(TokenOffsets, are_those_of_the_tokens_that_the_whole_text_has) {
  const Tokenizers tokenizers = of_kind(TokenizerKind::unigram);
  const std::string text = "not a badly filmed one, really (Caf\u00e9 \U0001F600)";
  std::vector<Index> ids;
  for (const PlacedToken& token : encode_with_offsets(*tokenizers.source, text)) ids.push_back(token.id);
  EXPECT_EQ(ids, tokenizers.source->encode(text));
}

TEST(TokenOffsets, follow_words_whose_case_is_folded) {
  const Tokenizers folding = of_kind(TokenizerKind::unigram, false, "nmt_nfkc_cf");
  EXPECT_EQ(joined(parts(folding, "A Good FILM")), "AGoodFILM");
}

TEST(TokenOffsets, are_the_whole_word_where_it_is_changed) {
  const Tokenizers tokenizers = of_kind(TokenizerKind::unigram);
  // U+FB01, the ligature of f and i, becomes two letters.
  for (const auto& [id, begin, end] : encode_with_offsets(*tokenizers.source, "a \ufb01lm"))
    if (begin >= 2) {
      EXPECT_EQ(begin, 2u);
      EXPECT_EQ(end, 7u);
    }
}

TEST(TokenOffsets, of_a_word_without_an_end_are_found_in_parts) {
  const std::string text(100'000, 'a');
  EXPECT_EQ(joined(parts(of_kind(TokenizerKind::unigram), text)), text);
  std::string emoji;
  for (int i = 0; i < 1000; ++i) emoji += "\U0001F600";
  EXPECT_EQ(parts(of_kind(TokenizerKind::bytes), emoji).size(), 4000u);
  EXPECT_TRUE(parts(of_kind(TokenizerKind::unigram), " \n ").empty());
}

}  // namespace
}  // namespace heed
