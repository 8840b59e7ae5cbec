#include "heed/bag_of_words/bag_of_words.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/support/tensors.h"

namespace heed {
namespace {

using Texts = std::vector<std::string_view>;

std::map<std::string, float> row_of(const BagOfWords& bag, std::string_view text) {
  const SparseRows rows = bag(Texts{text});
  std::map<std::string, float> row;
  for (std::size_t i = 0; i < rows.column.size(); ++i)
    row[std::string(bag.ngrams().word(rows.column[i]))] = rows.value[i];
  return row;
}

TEST(BagOfWords, weighs_words_by_frequency_and_rarity) {
  const BagOfWords bag(BagContent::unigrams, {}, Texts{"a b", "a c", "a"});
  const double a = 2, b = std::log(4.0 / 2) + 1, length = std::hypot(a, b);
  const auto row = row_of(bag, "a b unseen a");
  ASSERT_EQ(row.size(), 2u);
  EXPECT_NEAR(row.at("a"), a / length, 1e-6);
  EXPECT_NEAR(row.at("b"), b / length, 1e-6);
}

TEST(BagOfWords, counts_repetition_less_if_sublinear) {
  const BagOfWords bag(BagContent::unigrams, {.sublinear = true}, Texts{"a b"});
  const auto row = row_of(bag, "a a a b");
  EXPECT_NEAR(row.at("a") / row.at("b"), 1 + std::log(3), 1e-6);
}

TEST(BagOfWords, of_bigrams_holds_the_words_too) {
  const BagOfWords bag(BagContent::bigrams, {.lowercase = true}, Texts{"One two three"});
  std::vector<std::string> ngrams;
  for (const auto& [ngram, weight] : row_of(bag, "ONE two  Three")) ngrams.push_back(ngram);
  EXPECT_EQ(ngrams, (std::vector<std::string>{"one", "one two", "three", "two", "two three"}));
  EXPECT_TRUE(row_of(bag, "nothing known").empty());
  EXPECT_TRUE(row_of(bag, "").empty());
}

TEST(BagOfWords, keeps_the_most_frequent) {
  const Texts texts{"a b c", "a b", "a <unk>"};
  EXPECT_TRUE(row_of(BagOfWords(BagContent::unigrams, {.minimum_texts = 2}, texts), "c").empty());
  const BagOfWords bag(BagContent::unigrams, {.vocabulary_size = 1}, texts);
  EXPECT_EQ(row_of(bag, "a b c").size(), 1u);
  EXPECT_EQ(row_of(bag, "a b c").count("a"), 1u);
  EXPECT_EQ(row_of(BagOfWords(BagContent::unigrams, {}, texts), "<unk>").size(), 1u) << "a word like others";
}

TEST(BagOfWords, of_nothing_is_refused) {
  EXPECT_NE(message_of<DataError>([] {
              BagOfWords(BagContent::bigrams, {}, Texts{"", "  "});
            }).find("none of the 2 texts has a word"),
            std::string::npos);
  EXPECT_NE(message_of<DataError>([] {
              BagOfWords(BagContent::bigrams, {.minimum_texts = 3}, Texts{"a", "a"});
            }).find("lower --minimum-texts"),
            std::string::npos);
}

TEST(SparseRows, transposed_twice_are_the_same) {
  const SparseRows rows =
      BagOfWords(BagContent::bigrams, {}, Texts{"a b c", "b", "c a a"})(Texts{"a b", "", "c b c"});
  const SparseRows back = transposed(transposed(rows));
  EXPECT_EQ(back.starts, rows.starts);
  EXPECT_EQ(back.column, rows.column);
  EXPECT_EQ(back.value, rows.value);
  EXPECT_EQ(back.columns, rows.columns);
}

}  // namespace
}  // namespace heed
