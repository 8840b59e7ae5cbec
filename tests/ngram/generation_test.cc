#include "heed/ngram/generation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "heed/ngram/estimation.h"
#include "heed/ngram/fluency.h"
#include "tests/ngram/lecture.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

TEST(Generation, of_an_unsmoothed_model_says_what_was_said_as_often) {
  const NgramModel model = unsmoothed(counted(battery, 3, SentenceMarks::both));
  const SentenceGenerator generate(model);
  std::map<std::string, int> said;
  constexpr int count = 2000;
  for (int n = 0; n < count; ++n) ++said[generate(Random(5, static_cast<std::uint64_t>(n)), 100)];
  EXPECT_EQ(said.size(), 2u);
  // Within four standard deviations.
  EXPECT_NEAR(said["check whether the program ran please"], .6 * count, 4 * std::sqrt(.24 * count));
}

TEST(Generation, follows_the_models_probabilities) {
  const NgramModel model = kneser_ney(counted(logs, 3, SentenceMarks::both)).model;
  const SentenceGenerator generate(model);
  std::map<std::string, int> said;
  constexpr int count = 20'000;
  for (int n = 0; n < count; ++n) ++said[generate(Random(6, static_cast<std::uint64_t>(n)), 1, "check the")];
  // Words that nothing is said after are ends; unknown words are left out, the rest shares what they had.
  NgramModel::Context context = model.sentence_start();
  for (const char* word : {"check", "the"}) model.advance(context, *model.vocabulary().find(word));
  const auto probability = [&](WordId word) {
    NgramModel::Context copy = context;
    return std::pow(10.0, static_cast<double>(model.advance(copy, word).log10_probability));
  };
  const double known = 1 - probability(Vocabulary::unknown);
  for (WordId word = Vocabulary::end; word < static_cast<WordId>(model.vocabulary().size()); ++word) {
    const double p = probability(word) / known;
    const std::string text =
        word == Vocabulary::end ? "check the" : "check the " + std::string(model.vocabulary().word(word));
    EXPECT_NEAR(said[text], p * count, 5 * std::sqrt(p * count) + 1) << text;
  }
}

TEST(Generation, is_the_same_for_the_same_seed_and_ends_in_time) {
  const NgramModel model = kneser_ney(counted(logs, 2, SentenceMarks::both)).model;
  const SentenceGenerator generate(model);
  EXPECT_EQ(generate(Random(1, 1), 50), generate(Random(1, 1), 50));
  EXPECT_EQ(generate(Random(1, 1), 0, "check the"), "check the");
  std::set<std::string> different;
  for (std::uint64_t n = 0; n < 20; ++n) different.insert(generate(Random(1, n), 50));
  EXPECT_GT(different.size(), 10u);
}

TEST(Generation, never_says_unknown_words) {
  const NgramModel model = unsmoothed(counted({{"a <unk> b", 1}, {"a b", 1}}, 2, SentenceMarks::both));
  const SentenceGenerator generate(model);
  for (std::uint64_t n = 0; n < 100; ++n)
    EXPECT_EQ(generate(Random(2, n), 9).find("<unk>"), std::string::npos);
  EXPECT_THROW(
      SentenceGenerator(unsmoothed(counted({{"<unk>", 1}}, 1, SentenceMarks::both)))(Random(1), 9, "b"),
      DataError);
}

}  // namespace
}  // namespace heed
