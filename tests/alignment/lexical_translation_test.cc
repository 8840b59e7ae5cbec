#include "heed/alignment/lexical_translation.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

// das Haus - the house; das Buch - the book; ein Buch - a book (Koehn, 2010, figure 4.4).
constexpr Index eos = 2, das = 10, haus = 11, buch = 12, ein = 13, the = 20, house = 21, book = 22, a = 23;
const std::vector<TokenPair> pairs{{{das, haus, eos}, {the, house, eos}},
                                   {{das, buch, eos}, {the, book, eos}},
                                   {{ein, buch, eos}, {a, book, eos}}};

TEST(LexicalTranslation, learns_which_word_is_which) {
  const LexicalTranslation lexical(pairs, 20);
  EXPECT_GT(lexical.posterior(pairs[0], 1, 1), 0.6);  // house from Haus
  EXPECT_GT(lexical.posterior(pairs[0], 1, 1), 3 * lexical.posterior(pairs[0], 1, 0));
  EXPECT_GT(lexical.posterior(pairs[1], 1, 1), 3 * lexical.posterior(pairs[1], 1, 0));
  EXPECT_GT(lexical.posterior(pairs[2], 0, 0), 3 * lexical.posterior(pairs[2], 0, 1));
}

TEST(LexicalTranslation, after_one_iteration_has_the_shares_of_uniform_links) {
  // Every target token comes from the empty word or one of two: a third each. Buch meets the, book, a and
  // book again, so p(book | Buch) = 2/4; das: p(book | das) = 1/4; the empty word: p(book) = 2/6.
  const LexicalTranslation lexical(pairs, 1);
  EXPECT_NEAR(lexical.posterior(pairs[1], 1, 1), 0.5 / (0.5 + 0.25 + 1.0 / 3), 1e-12);
}

TEST(LexicalTranslation, knows_nothing_of_other_words) {
  const LexicalTranslation lexical(pairs);
  EXPECT_EQ(lexical.posterior({{77, eos}, {78, eos}}, 0, 0), 0);
}

}  // namespace
}  // namespace heed
