#include "heed/data/word_dropout.h"

#include <gtest/gtest.h>

#include "heed/data/batches.h"
#include "heed/data/examples.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

constexpr Index word = 7;

/// Texts of a hundred words each.
WithWordDropout texts(double share, std::uint64_t seed = 1) {
  const auto examples = std::make_shared<Examples>(2);
  std::vector<Index> text(100, word);
  text.push_back(special::eos);
  for (Index i = 0; i < 20; ++i) examples->add({text, std::vector<Index>{i % 2}});
  return {examples, {.share = share, .seed = seed}};
}

std::vector<Index> tokens(const Dataset& dataset, std::vector<Index> numbers, Index epoch) {
  return make_batch(dataset, numbers, epoch).columns[0].tokens;
}

TEST(WordDropout, takes_about_its_share_of_words_for_unknown_and_leaves_the_rest) {
  std::vector<Index> all;
  for (Index i = 0; i < 20; ++i) all.push_back(i);
  const Batch batch = make_batch(texts(0.3), all, 0);
  Index dropped = 0, left = 0, ends = 0;
  for (const Index token : batch.columns[0].tokens)
    (token == special::unk ? dropped : token == word ? left : ends) += 1;
  EXPECT_EQ(ends, 20) << "EOS stays";
  EXPECT_EQ(dropped + left, 2000);
  EXPECT_NEAR(static_cast<double>(dropped), 600, 100) << "five standard deviations";
  EXPECT_EQ(batch.columns[1].tokens[3], 1) << "classes are no words";
}

TEST(WordDropout, follows_from_the_example_the_epoch_and_the_seed) {
  const WithWordDropout dropping = texts(0.3);
  const std::vector<Index> alone = tokens(dropping, {5}, 2), among = tokens(dropping, {9, 5}, 2);
  EXPECT_EQ(alone, std::vector<Index>(among.begin() + 101, among.end()));
  EXPECT_EQ(alone, tokens(dropping, {5}, 2));
  EXPECT_NE(alone, tokens(dropping, {5}, 3));
  EXPECT_NE(alone, tokens(dropping, {6}, 2));
  EXPECT_NE(alone, tokens(texts(0.3, 2), {5}, 2));
}

TEST(WordDropout, of_nothing_changes_nothing) {
  for (const Index token : tokens(texts(0), {3}, 0)) EXPECT_NE(token, special::unk);
}

}  // namespace
}  // namespace heed
