#include "heed/data/batches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "heed/base/error.h"
#include "heed/base/random.h"
#include "heed/data/examples.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

/// Sentences of 2 to 31 tokens with EOS; the first token says which.
Examples some_examples(Index count) {
  Random random(7);
  Examples examples;
  for (Index i = 0; i < count; ++i) {
    std::vector<Index> source(1 + random.below(30), special::count + i),
        target(1 + random.below(30), special::count);
    source.push_back(special::eos);
    target.push_back(special::eos);
    examples.add({source, target});
  }
  return examples;
}

std::vector<Index> sorted(const BatchPlan& plan) {
  std::vector<Index> all;
  for (const auto& batch : plan) all.insert(all.end(), batch.begin(), batch.end());
  std::ranges::sort(all);
  return all;
}

std::vector<Index> numbers_to(Index count) {
  std::vector<Index> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), Index{0});
  return numbers;
}

class PlannedEpoch : public testing::TestWithParam<Index> {
 protected:
  const Examples examples_ = some_examples(1000);
  const BatchOptions options_{.batch_tokens = 200, .bucket = GetParam(), .seed = 3};
};

INSTANTIATE_TEST_SUITE_P(Buckets, PlannedEpoch, testing::Values(1, 2, 10, 100, 1'000'000));

TEST_P(PlannedEpoch, holds_every_example_once) {
  EXPECT_EQ(sorted(plan_epoch(examples_, 0, options_)), numbers_to(1000));
}

TEST_P(PlannedEpoch, keeps_to_the_token_limit_in_every_column) {
  for (const auto& numbers : plan_epoch(examples_, 0, options_)) {
    const Batch batch = make_batch(examples_, numbers);
    for (const Column& column : batch.columns) EXPECT_LE(column.tokens.size(), 200u);
  }
}

TEST_P(PlannedEpoch, fills_its_batches) { EXPECT_LE(plan_epoch(examples_, 0, options_).size(), 130u); }

TEST_P(PlannedEpoch, is_decided_by_seed_and_epoch) {
  const auto plan = plan_epoch(examples_, 5, options_);
  EXPECT_EQ(plan, plan_epoch(examples_, 5, options_));
  EXPECT_NE(plan, plan_epoch(examples_, 6, options_));
  BatchOptions other = options_;
  other.seed = 4;
  EXPECT_NE(plan, plan_epoch(examples_, 5, other));
}

TEST(Plan, is_the_same_in_every_version) {
  // A resumed run relies on it: whoever changes the shuffling tells users so.
  EXPECT_EQ(plan_epoch(some_examples(12), 1, {.batch_tokens = 60, .bucket = 2, .seed = 1}),
            (BatchPlan{{4, 7, 6, 0}, {5, 3}, {11, 2}, {1, 10, 9}, {8}}));
}

/// How often each example is in the plan.
std::vector<Index> counts(const BatchPlan& plan, Index examples) {
  std::vector<Index> times(static_cast<std::size_t>(examples));
  for (const auto& numbers : plan)
    for (const Index number : numbers) ++times[static_cast<std::size_t>(number)];
  return times;
}

TEST(WeightedPlan, holds_each_example_as_often_as_its_corpus_weighs) {
  const Examples examples = some_examples(1000);
  const BatchOptions options{.batch_tokens = 200, .corpora = {{300, 2}, {600, 0.5}, {700, 0}, {1000, 1}}};
  const auto times = counts(plan_epoch(examples, 0, options), 1000);
  const auto sum = [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
    return std::accumulate(times.begin() + begin, times.begin() + end, Index{0});
  };
  for (std::size_t i = 0; i < 300; ++i) EXPECT_EQ(times[i], 2);
  EXPECT_NEAR(static_cast<double>(sum(300, 600)), 150, 30);
  EXPECT_LE(*std::max_element(times.begin() + 300, times.begin() + 600), 1);
  EXPECT_EQ(sum(600, 700), 0);
  EXPECT_EQ(sum(700, 1000), 300);
}

TEST(WeightedPlan, draws_others_in_each_epoch_and_the_same_ones_again) {
  const Examples examples = some_examples(200);
  const BatchOptions options{.corpora = {{200, 0.5}}};
  EXPECT_EQ(plan_epoch(examples, 1, options), plan_epoch(examples, 1, options));
  EXPECT_NE(counts(plan_epoch(examples, 1, options), 200), counts(plan_epoch(examples, 2, options), 200));
}

TEST(WeightedPlan, of_weight_1_is_the_plan_without_weights) {
  const Examples examples = some_examples(200);
  EXPECT_EQ(plan_epoch(examples, 1, {.corpora = {{120, 1}, {200, 1}}}), plan_epoch(examples, 1, {}));
}

TEST(WeightedPlan, refuses_weights_that_leave_nothing_and_corpora_that_end_elsewhere) {
  const Examples examples = some_examples(20);
  EXPECT_THROW(plan_epoch(examples, 0, {.corpora = {{20, 0}}}), ConfigError);
  EXPECT_THROW(plan_epoch(examples, 0, {.corpora = {{20, -1}}}), ConfigError);
  EXPECT_THROW(plan_epoch(examples, 0, {.corpora = {{19, 1}}}), ConfigError);
}

TEST(Plan, puts_like_lengths_together) {
  const Examples examples = some_examples(1000);
  const auto spread = [&](Index bucket) {
    Index sum = 0;
    for (const auto& numbers : plan_epoch(examples, 0, {.batch_tokens = 200, .bucket = bucket})) {
      const auto lengths = make_batch(examples, numbers).columns[1].lengths;
      const auto [least, most] = std::ranges::minmax(lengths);
      sum += most - least;
    }
    return sum;
  };
  EXPECT_LT(spread(20) * 5, spread(1));
}

TEST(Plan, gives_an_overlong_example_a_batch_of_its_own) {
  Examples examples;
  for (const std::size_t length : {3u, 500u, 3u, 3u})
    examples.add({std::vector<Index>(length, 9), std::vector<Index>{9}});
  const auto plan = plan_in_order(examples, 100);
  EXPECT_EQ(plan, (BatchPlan{{0}, {1}, {2, 3}}));
  EXPECT_EQ(sorted(plan_epoch(examples, 0, {.batch_tokens = 1})), numbers_to(4));
}

TEST(Plan, of_nothing_is_empty) {
  EXPECT_TRUE(plan_epoch(Examples(), 0, {}).empty());
  EXPECT_TRUE(plan_in_order(Examples(), 10).empty());
}

TEST(Plan, refuses_settings_out_of_range) {
  EXPECT_THROW(plan_epoch(Examples(), 0, {.batch_tokens = 0}), ConfigError);
  EXPECT_THROW(plan_epoch(Examples(), 0, {.bucket = 0}), ConfigError);
  EXPECT_THROW(plan_in_order(Examples(), -1), ConfigError);
}

TEST(Batch, lays_sequences_end_to_end_in_each_column) {
  Examples examples;
  examples.add({std::vector<Index>{10, 11, 2}, std::vector<Index>{20, 2}});
  examples.add({std::vector<Index>{12, 2}, std::vector<Index>{21, 22, 2}});
  const std::vector<Index> numbers{1, 0};
  const Batch batch = make_batch(examples, numbers);
  ASSERT_EQ(batch.columns.size(), 2u);
  EXPECT_EQ(batch.columns[0].tokens, (std::vector<Index>{12, 2, 10, 11, 2}));
  EXPECT_EQ(batch.columns[0].lengths, (std::vector<Index>{2, 3}));
  EXPECT_EQ(batch.columns[1].tokens, (std::vector<Index>{21, 22, 2, 20, 2}));
  EXPECT_EQ(batch.columns[1].lengths, (std::vector<Index>{3, 2}));
  EXPECT_EQ(batch.examples, numbers);
  EXPECT_EQ(batch.size(), 2);
}

/// Examples of one, two and three columns.
class ColumnsOfExamples : public testing::TestWithParam<Index> {
 protected:
  static std::vector<Index> sequence(Index example, Index column) {
    return std::vector<Index>(static_cast<std::size_t>(1 + (example * 3 + column) % 5),
                              10 * example + column);
  }
  ColumnsOfExamples() {
    for (Index example = 0; example < 20; ++example) {
      std::vector<std::vector<Index>> sequences;
      for (Index column = 0; column < GetParam(); ++column) sequences.push_back(sequence(example, column));
      const std::vector<std::span<const Index>> spans(sequences.begin(), sequences.end());
      examples_.add(spans);
    }
  }

  Examples examples_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Some, ColumnsOfExamples, testing::Values(1, 2, 3));

TEST_P(ColumnsOfExamples, come_back_as_they_were_given) {
  EXPECT_EQ(examples_.size(), 20);
  EXPECT_EQ(examples_.columns(), GetParam());
  for (Index column = 0; column < GetParam(); ++column) {
    Index tokens = 0;
    for (Index example = 0; example < 20; ++example) {
      const std::vector<Index> given = sequence(example, column);
      EXPECT_EQ(examples_.sequence(example, column), std::vector<std::int32_t>(given.begin(), given.end()));
      EXPECT_EQ(examples_.rows(example, column), std::ssize(given));
      tokens += std::ssize(given);
    }
    EXPECT_EQ(examples_.tokens(column), tokens);
  }
}

TEST_P(ColumnsOfExamples, fill_batches_by_the_column_that_has_most) {
  const BatchPlan plan = plan_epoch(examples_, 0, {.batch_tokens = 12, .bucket = 4});
  EXPECT_EQ(sorted(plan), numbers_to(20));
  for (const auto& numbers : plan) {
    const Batch batch = make_batch(examples_, numbers);
    ASSERT_EQ(std::ssize(batch.columns), GetParam());
    for (Index c = 0; c < GetParam(); ++c) {
      const Column& column = batch.columns[static_cast<std::size_t>(c)];
      EXPECT_LE(column.tokens.size(), 12u);
      std::vector<Index> expected, lengths;
      for (const Index number : numbers) {
        const std::vector<Index> given = sequence(number, c);
        expected.insert(expected.end(), given.begin(), given.end());
        lengths.push_back(std::ssize(given));
      }
      EXPECT_EQ(column.tokens, expected);
      EXPECT_EQ(column.lengths, lengths);
    }
  }
}

}  // namespace
}  // namespace heed
