#include <gtest/gtest.h>

#include <cmath>

#include "heed/base/random.h"
#include "tests/lesson/skips/lecture_masks.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

const Shares toss{{"down", .5}, {"please", .5}};

TEST(Skips, give_the_lectures_pairs) {
  const SkipTable table = table_of(logs);
  std::map<std::string, Shares> of_ran;
  for (const WordPair& pair : table.pairs()) {
    if (table.vocabulary().word(pair.recent) != "ran") continue;
    const std::vector<WordId> only{pair.earlier, pair.recent};
    const Votes votes = vote(table, only);
    of_ran[std::string(table.vocabulary().word(pair.earlier))] = named(table, votes.tally);
  }
  EXPECT_EQ(of_ran, (std::map<std::string, Shares>{{"and", toss},
                                                   {"battery", {{"down", 1}}},
                                                   {"check", toss},
                                                   {"find", toss},
                                                   {"it", toss},
                                                   {"log", toss},
                                                   {"out", toss},
                                                   {"program", {{"please", 1}}},
                                                   {"the", toss},
                                                   {"whether", toss}}));
}

TEST(Skips, vote_four_against_five_unless_they_are_masked) {
  const SkipTable table = table_of(logs);
  const Votes votes = vote(table, ids_of(table, program_so_far));
  EXPECT_EQ(named(table, votes.tally), (Shares{{"down", 4}, {"please", 5}}));
  EXPECT_EQ(votes.share(*table.vocabulary().find("please")), 5.0 / 9);

  const PairMask mask({pair_of(table, "battery ran"), pair_of(table, "program ran")});
  const Votes masked = vote(table, ids_of(table, program_so_far), &mask);
  EXPECT_EQ(named(table, masked.tally), (Shares{{"down", 0}, {"please", 1}}));
  EXPECT_EQ(masked.share(*table.vocabulary().find("please")), 1);
  EXPECT_EQ(named(table, vote(table, ids_of(table, battery_so_far), &mask).tally),
            (Shares{{"down", 1}, {"please", 0}}));
}

TEST(Skips, learn_to_mask_all_but_the_two_pairs_that_matter) {
  const SkipTable table = table_of(logs);
  const std::vector<InformativePair> pairs = informative_pairs(table);
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].pair, pair_of(table, "battery ran"));
  EXPECT_EQ(pairs[1].pair, pair_of(table, "program ran"));
  EXPECT_DOUBLE_EQ(pairs[0].bits, 1);
  EXPECT_EQ(information(table, pair_of(table, "log ran")), 0);
  EXPECT_EQ(information(table, pair_of(table, "please ran")), 0) << "was never seen";
}

TEST(Skips, measure_information_by_the_weights) {
  const SkipTable table = table_of(battery);
  EXPECT_DOUBLE_EQ(information(table, pair_of(table, "battery ran")), std::log2(1 / .4));
  EXPECT_DOUBLE_EQ(information(table, pair_of(table, "program ran")), std::log2(1 / .6));
}

TEST(Skips, believe_only_pairs_that_were_seen_often_enough) {
  const SkipTable table = table_of(logs);
  EXPECT_TRUE(informative_pairs(table, {.seen = 2}).empty());
  EXPECT_TRUE(informative_pairs(table, {.bits = 1.1}).empty());
}

TEST(Skips, fall_back_to_the_last_word_where_nobody_votes) {
  const SkipTable table = table_of(battery);
  const PairMask nothing;
  EXPECT_EQ(named(table, predict_next(table, ids_of(table, "program ran"), &nothing)),
            (Shares{{"down", .4}, {"please", .6}}));
  EXPECT_EQ(named(table, predict_next(table, ids_of(table, "ran"))), (Shares{{"down", .4}, {"please", .6}}));
  EXPECT_TRUE(predict_next(table, ids_of(table, "the unheard-of")).empty());
  EXPECT_TRUE(predict_next(table, {}).empty());
}

TEST(Skips, reach_no_further_than_they_are_told) {
  const SkipTable table = table_of(logs, 2);
  EXPECT_EQ(vote(table, ids_of(table, program_so_far)).pairs.size(), 2u);
  EXPECT_TRUE(table.after(pair_of(table, "program ran")).empty());
  EXPECT_FALSE(table.after(pair_of(table, "whether ran")).empty());
}

TEST(Skips, count_the_same_in_many_small_parts) {
  SkipTable often, once;
  Random random(9);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int n = 0; n < 12; ++n) text += message("w", random.below(20), ' ');
    often.add(text);
    if (i % 500 == 0) often.settle();
    once.add(text);
  }
  often.settle();
  once.settle();
  ASSERT_EQ(often.pairs(), once.pairs());
  for (const WordPair& pair : once.pairs())
    EXPECT_EQ(named(often, often.after(pair)), named(once, once.after(pair)));
}

TEST(Skips, bear_empty_corpora_and_sentences_of_one_word) {
  const SkipTable table = table_of({{"", 1}, {"alone", 1}});
  EXPECT_TRUE(table.pairs().empty());
  EXPECT_TRUE(informative_pairs(table).empty());
  EXPECT_TRUE(vote(table, ids_of(table, "alone")).tally.empty());
  EXPECT_THROW(SkipTable(-1), ConfigError);
  SkipTable refusing;
  EXPECT_THROW(refusing.add("a b", -1), DataError);
}

}  // namespace
}  // namespace heed
