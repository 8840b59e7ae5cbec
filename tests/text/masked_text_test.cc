#include "heed/text/masked_text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace heed {
namespace {

const std::string text = "a good film and a bad film and a good book and a bad book";

Tokenizers of_kind(TokenizerKind kind, bool exact = false) {
  TokenizerConfig config;
  config.kind = kind;
  if (kind == TokenizerKind::unigram) config.vocabulary_size = 290;
  config.exact_whitespace = exact;
  return train_tokenizers(config, std::vector<std::string_view>{text});
}

TEST(MaskedText, has_a_token_of_its_own_for_each_mask) {
  for (const auto& [kind, exact] :
       {std::pair{TokenizerKind::whitespace, false}, std::pair{TokenizerKind::unigram, false},
        std::pair{TokenizerKind::unigram, true}}) {
    const Tokenizers tokenizers = of_kind(kind, exact);
    const std::vector<Index> ids = encode_masked(tokenizers, "a [MASK] film and a [MASK]");
    EXPECT_EQ(std::ranges::count(ids, special::mask), 2);
    EXPECT_EQ(ids.back(), special::mask);
    EXPECT_EQ(decode_masked(*tokenizers.source, ids), "a [MASK] film and a [MASK]") << exact;
  }
}

TEST(MaskedText, leaves_the_tokens_around_a_mask_as_they_are_without_it) {
  const Tokenizers tokenizers = of_kind(TokenizerKind::unigram, true);
  std::vector<Index> whole = tokenizers.source->encode("a good film");
  const std::vector<Index> word = tokenizers.source->encode(" good");
  const auto at = std::ranges::search(whole, word).begin();
  ASSERT_NE(at, whole.end());
  *at = special::mask;
  whole.erase(at + 1, at + std::ssize(word));
  EXPECT_EQ(encode_masked(tokenizers, "a [MASK] film"), whole);
}

TEST(MaskedText, without_masks_is_the_text) {
  const Tokenizers tokenizers = of_kind(TokenizerKind::whitespace);
  EXPECT_EQ(encode_masked(tokenizers, "a bad book"), tokenizers.source->encode("a bad book"));
  EXPECT_EQ(encode_masked(tokenizers, "a [mask] MASK"), tokenizers.source->encode("a [mask] MASK"));
  EXPECT_TRUE(encode_masked(tokenizers, "").empty());
  EXPECT_EQ(encode_masked(tokenizers, "[MASK][MASK]"), (std::vector<Index>{special::mask, special::mask}));
}

}  // namespace
}  // namespace heed
