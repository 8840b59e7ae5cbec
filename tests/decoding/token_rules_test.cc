#include "heed/decoding/token_rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "heed/base/error.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

constexpr float no = -std::numeric_limits<float>::infinity();

TEST(PenalizeRepetition, divides_positive_logits_and_multiplies_negative_ones) {
  const std::vector<float> logits = {3, -2, 0, 1};
  std::vector<float> log_probabilities = {-0.5f, -5.5f, -3.5f, -2.5f};
  penalize_repetition(log_probabilities, logits, {0, 1, 2}, 2);
  EXPECT_EQ(log_probabilities, (std::vector<float>{-2, -7.5f, -3.5f, -2.5f}));
}

TEST(PenalizeRepetition, leaves_the_impossible_impossible) {
  std::vector<float> log_probabilities = {no, 0};
  penalize_repetition(log_probabilities, std::vector<float>{no, 4}, {0}, 1.3);
  EXPECT_EQ(log_probabilities, (std::vector<float>{no, 0}));
}

TEST(PenalizeRepetition, refuses_tokens_that_no_vocabulary_holds) {
  std::vector<float> row = {0, 0};
  EXPECT_EQ(message_of<DataError>([&] {
              penalize_repetition(row, std::vector<float>{1, 1}, {2}, 1.3);
            }),
            "repetition penalty: token 2 lies outside of the 2 that are known");
}

std::vector<float> without_repeats(const std::vector<Index>& tokens, Index n) {
  std::vector<float> row(6, 0);
  forbid_repeated_ngrams(row, tokens, n);
  return row;
}

TEST(ForbidRepeatedNgrams, forbids_what_followed_the_last_tokens_before) {
  EXPECT_EQ(without_repeats({3, 4, 5, 3, 4}, 3), (std::vector<float>{0, 0, 0, 0, 0, no}));
  EXPECT_EQ(without_repeats({3, 4, 3, 5, 3}, 2), (std::vector<float>{0, 0, 0, 0, no, no}));
  EXPECT_EQ(without_repeats({3, 3}, 2), (std::vector<float>{0, 0, 0, no, 0, 0}));
}

TEST(ForbidRepeatedNgrams, of_one_token_forbids_all_that_was_written) {
  EXPECT_EQ(without_repeats({3, 1}, 1), (std::vector<float>{0, no, 0, no, 0, 0}));
}

TEST(ForbidRepeatedNgrams, leaves_short_texts_and_a_length_of_0_alone) {
  const std::vector<float> free(6, 0);
  EXPECT_EQ(without_repeats({3, 4}, 3), free);
  EXPECT_EQ(without_repeats({}, 1), free);
  EXPECT_EQ(without_repeats({3, 3, 3}, 0), free);
}

TEST(TokenRules, out_of_range_are_refused) {
  const auto refused = [](const TokenRules& rules) {
    return message_of<ConfigError>([&] { check(rules, "search"); });
  };
  EXPECT_EQ(refused({.repetition_penalty = 0}), "search: a repetition penalty of 0; it must be above 0");
  EXPECT_EQ(refused({.no_repeat_ngrams = -1}),
            "search: no repeated -1-grams; it must be at least 1, or 0 to allow them");
  EXPECT_EQ(refused({.minimum_length = -2}), "search: a minimum length of -2; it must not be negative");
}

}  // namespace
}  // namespace heed
