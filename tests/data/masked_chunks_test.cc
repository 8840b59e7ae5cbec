#include "heed/data/masked_chunks.h"

#include <gtest/gtest.h>

#include <map>

#include "heed/base/error.h"
#include "heed/data/batches.h"
#include "heed/text/mask_token.h"
#include "heed/text/tokenizers.h"

namespace heed {
namespace {

std::shared_ptr<const TokenStream> stream_of(const std::vector<Index>& tokens) {
  const auto stream = std::make_shared<TokenStream>();
  stream->add(tokens);
  return stream;
}

/// Documents of these lengths, of tokens that differ from their neighbors.
std::shared_ptr<const TokenStream> documents(const std::vector<Index>& lengths) {
  std::vector<Index> tokens;
  for (const Index length : lengths) {
    for (Index i = 0; i < length; ++i) tokens.push_back(special::count + 10 + i % 40);
    tokens.push_back(special::eos);
  }
  return stream_of(tokens);
}

std::vector<Index> lengths_of(const DocumentChunks& chunks) {
  std::vector<Index> lengths;
  for (Index i = 0; i < chunks.size(); ++i) lengths.push_back(chunks.length(i));
  return lengths;
}

TEST(DocumentChunks, are_whole_documents_or_even_parts_of_long_ones) {
  const DocumentChunks chunks(documents({3, 0, 10, 4, 9}), 4);
  EXPECT_EQ(lengths_of(chunks), (std::vector<Index>{3, 3, 3, 4, 4, 3, 3, 3}));
  EXPECT_EQ(chunks.tokens(), 26);
  EXPECT_EQ(chunks.chunk(2), (std::vector<Index>{17, 18, 19}));
}

TEST(DocumentChunks, take_a_part_of_the_stream) {
  EXPECT_EQ(lengths_of(DocumentChunks(documents({5, 5, 5}), 8, 2, 13)), (std::vector<Index>{3, 5, 1}));
  EXPECT_EQ(lengths_of(DocumentChunks(stream_of({9, 9, 9}), 8)), (std::vector<Index>{3})) << "no EOS behind";
  EXPECT_EQ(DocumentChunks(stream_of({}), 8).size(), 0);
  EXPECT_EQ(DocumentChunks(stream_of({special::eos, special::eos}), 8).size(), 0);
  EXPECT_THROW(DocumentChunks(stream_of({9}), 0), ConfigError);
}

/// A vocabulary of sixty words.
Tokenizers sixty_words() {
  std::string text;
  for (int i = 0; i < 60; ++i) text += " w" + std::to_string(100 + i);
  TokenizerConfig config;
  config.kind = TokenizerKind::whitespace;
  return train_tokenizers(config, std::vector<std::string_view>{text});
}

MaskedChunks masked(const std::vector<Index>& lengths, const Masking& masking = {}) {
  const Tokenizers tokenizers = sixty_words();
  return {std::make_shared<const DocumentChunks>(documents(lengths), 512), WordStarts(*tokenizers.source),
          tokenizers.source->vocabulary_size(), masking};
}

/// What lies at the masked places, with BOS and EOS around the text.
struct Seen {
  std::vector<Index> inputs, places, targets;
};

Seen seen(const MaskedChunks& chunks, Index number, Index epoch = 0) {
  const Batch batch = make_batch(chunks, std::span(&number, 1), epoch);
  return {batch.columns[0].tokens, batch.columns[1].tokens, batch.columns[2].tokens};
}

TEST(MaskedChunks, mask_their_share_and_tell_what_stood_there) {
  const MaskedChunks chunks = masked({100});
  const auto original = documents({100})->tokens(0, 100);
  const auto [inputs, places, targets] = seen(chunks, 0);
  ASSERT_EQ(inputs.size(), 102u);
  EXPECT_EQ(inputs.front(), special::bos);
  EXPECT_EQ(inputs.back(), special::eos);
  EXPECT_EQ(places.size(), 15u);
  EXPECT_TRUE(std::ranges::is_sorted(places));
  for (std::size_t i = 0; i < places.size(); ++i)
    EXPECT_EQ(targets[i], original[static_cast<std::size_t>(places[i] - 1)]);
  for (Index place = 1; place <= 100; ++place) {
    const bool drawn = std::ranges::find(places, place) != places.end();
    EXPECT_TRUE(drawn ||
                inputs[static_cast<std::size_t>(place)] == original[static_cast<std::size_t>(place - 1)]);
  }
}

TEST(MaskedChunks, mask_four_in_five_and_put_others_in_place_of_half_the_rest) {
  const MaskedChunks chunks = masked(std::vector<Index>(200, 100));
  std::map<std::string, double> share;
  for (Index number = 0; number < chunks.size(); ++number) {
    const auto [inputs, places, targets] = seen(chunks, number);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Index now = inputs[static_cast<std::size_t>(places[i])];
      EXPECT_TRUE(now == special::mask || now >= special::count) << "no special token is drawn";
      share[now == special::mask ? "masked" : now == targets[i] ? "kept" : "other"] += 1.0 / 3000;
    }
  }
  EXPECT_NEAR(share["masked"], 0.8, 0.03) << "four standard deviations";
  EXPECT_NEAR(share["other"], 0.1, 0.022);
  EXPECT_NEAR(share["kept"], 0.1, 0.022);
}

TEST(MaskedChunks, follow_from_the_seed_the_epoch_and_the_chunk_in_any_company) {
  const MaskedChunks chunks = masked({40, 40, 40});
  const Batch both = make_batch(chunks, std::vector<Index>{0, 2}, 3);
  const Seen alone = seen(chunks, 2, 3);
  EXPECT_EQ(alone.inputs,
            std::vector<Index>(both.columns[0].tokens.begin() + 42, both.columns[0].tokens.end()));
  EXPECT_EQ(alone.places,
            std::vector<Index>(both.columns[1].tokens.begin() + 6, both.columns[1].tokens.end()));
  EXPECT_NE(alone.places, seen(chunks, 2, 4).places);
  EXPECT_NE(alone.places, seen(chunks, 1, 3).places);
  EXPECT_NE(alone.places, seen(masked({40, 40, 40}, {.seed = 2}), 2, 3).places);
}

TEST(MaskedChunks, have_something_to_guess_however_short_they_are) {
  const MaskedChunks chunks = masked({1, 2, 3});
  for (Index number = 0; number < 3; ++number) EXPECT_EQ(seen(chunks, number).places.size(), 1u);
  for (const Index column : {0, 1, 2}) EXPECT_EQ(chunks.rows(1, column), column == 0 ? 4 : 1);
}

/// A text of which each character is a token, the space among them.
MaskedChunks of_chunks(const std::string& text, MaskUnit unit, double share) {
  TokenizerConfig config;
  config.kind = TokenizerKind::characters;
  const Tokenizers tokenizers = train_tokenizers(config, std::vector<std::string_view>{text, "a b"});
  return {std::make_shared<const DocumentChunks>(stream_of(tokenizers.source->encode(text)), 512),
          WordStarts(*tokenizers.source), tokenizers.source->vocabulary_size(),
          Masking{.share = share, .unit = unit}};
}

TEST(MaskedChunks, mask_whole_words) {
  const MaskedChunks chunks = of_chunks("aa bb cc dd ee ff gg hh ii jj", MaskUnit::words, 0.3);
  for (Index epoch = 0; epoch < 20; ++epoch) {
    const std::vector<Index> places = seen(chunks, 0, epoch).places;
    EXPECT_LE(std::ssize(places), 9) << "three tenths of 29 characters";
    for (const Index place : places) {
      if (place <= 2) continue;  // the first word has no space before it
      const Index start = 3 + (place - 3) / 3 * 3;
      for (Index other = start; other < start + 3; ++other)
        EXPECT_NE(std::ranges::find(places, other), places.end()) << "with " << place;
    }
  }
  const MaskedChunks tokens = of_chunks("aa bb cc dd ee ff gg hh ii jj", MaskUnit::tokens, 0.3);
  EXPECT_EQ(seen(tokens, 0).places.size(), 9u);
}

TEST(MaskedChunks, mask_a_word_that_is_longer_than_their_share_where_there_is_no_other) {
  EXPECT_EQ(seen(of_chunks("abcdefgh", MaskUnit::words, 0.15), 0).places.size(), 8u);
}

TEST(MaskedChunks, refuse_what_cannot_be) {
  EXPECT_THROW(masked({3}, {.share = 0}), ConfigError);
  EXPECT_THROW(masked({3}, {.share = 1}), ConfigError);
}

}  // namespace
}  // namespace heed
