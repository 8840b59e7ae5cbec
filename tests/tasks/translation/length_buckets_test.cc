#include "heed/tasks/translation/length_buckets.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "heed/metrics/bleu.h"

namespace heed {
namespace {

/// `count` sentences, the i-th of 1 + i % 10 tokens; those of six tokens or more are translated badly.
struct Sentences {
  std::vector<Index> lengths;
  std::vector<std::string> translations, references;

  explicit Sentences(Index count) {
    for (Index i = 0; i < count; ++i) {
      lengths.push_back(1 + i % 10);
      references.push_back("the word " + std::to_string(i) + " is good");
      translations.push_back(i % 10 < 5 ? references.back() : "nothing like it at all");
    }
  }
  std::vector<TranslationBucket> groups() const {
    return scores_by_length(lengths, translations, references);
  }
};

TEST(LengthBuckets, part_the_sentences_by_length_into_about_equal_numbers) {
  const auto groups = Sentences(100).groups();
  ASSERT_EQ(groups.size(), 5u);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    EXPECT_EQ(groups[i].from, 1 + 2 * static_cast<Index>(i));
    EXPECT_EQ(groups[i].to, 2 + 2 * static_cast<Index>(i));
    EXPECT_EQ(groups[i].sentences, 20);
  }
  EXPECT_DOUBLE_EQ(groups.front().bleu, 100);
  EXPECT_DOUBLE_EQ(groups.front().chrf, 100);
  EXPECT_LT(groups.back().chrf, 30);
}

TEST(LengthBuckets, of_few_sentences_are_few) {
  const Sentences few(19);
  const auto groups = few.groups();
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0].sentences, 19);
  EXPECT_EQ(groups[0].to, 10);
  EXPECT_DOUBLE_EQ(groups[0].bleu, bleu(few.translations, {few.references}).score);
}

TEST(LengthBuckets, keep_sentences_of_one_length_together) {
  Sentences same(200);
  same.lengths.assign(200, 7);
  const auto groups = same.groups();
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0].from, 7);
  EXPECT_EQ(groups[0].sentences, 200);
}

TEST(LengthBuckets, hold_every_sentence_once) {
  for (const Index count : {1, 20, 41, 99, 333}) {
    Index sentences = 0;
    for (const TranslationBucket& group : Sentences(count).groups()) sentences += group.sentences;
    EXPECT_EQ(sentences, count);
  }
}

TEST(LengthBuckets, need_one_of_each_a_sentence) {
  EXPECT_THROW(scores_by_length(std::vector<Index>{1}, {}, {}), DataError);
}

}  // namespace
}  // namespace heed
