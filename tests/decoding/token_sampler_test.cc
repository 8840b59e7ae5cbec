#include "heed/decoding/token_sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "tests/support/tensors.h"

namespace heed {
namespace {

/// The distribution as the papers describe it, over all tokens sorted: what is left and its weights,
/// likeliest first.
std::vector<std::pair<double, Index>> filtered(std::span<const float> log_probabilities,
                                               const SamplingOptions& options) {
  std::vector<std::pair<double, Index>> choices;
  for (Index token = 0; token < std::ssize(log_probabilities); ++token)
    if (std::ranges::count(options.tokens.suppressed, token) == 0)
      choices.emplace_back(
          static_cast<double>(log_probabilities[static_cast<std::size_t>(token)]) / options.temperature,
          token);
  std::ranges::sort(choices, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (options.top_k > 0) choices.resize(std::min(choices.size(), static_cast<std::size_t>(options.top_k)));
  const double largest = choices[0].first;
  double total = 0, reached = 0;
  for (auto& [weight, token] : choices) total += weight = std::exp(weight - largest);
  std::size_t kept = 0;
  while (kept < choices.size() && (kept == 0 || reached < options.top_p * total))
    reached += choices[kept++].first;
  choices.resize(kept);
  while (choices.back().first < options.min_p) choices.pop_back();
  return choices;
}

Index draw_by_sorting(std::span<const float> log_probabilities, const SamplingOptions& options,
                      Random& random) {
  const auto choices = filtered(log_probabilities, options);
  double sum = 0;
  for (const auto& choice : choices) sum += choice.first;
  double left = static_cast<double>(random.uniform()) * sum;
  for (const auto& [weight, token] : choices)
    if ((left -= weight) < 0) return token;
  return choices.back().second;
}

std::vector<float> random_row(std::size_t vocabulary, float spread, Random& random) {
  std::vector<float> row(vocabulary);
  for (float& x : row) x = spread * random.normal() - 9;
  return row;
}

void expect_draws_as_by_sorting(const SamplingOptions& options) {
  TokenSampler sampler(options);
  for (const std::size_t vocabulary : {1u, 2u, 7u, 300u, 5000u})
    for (const float spread : {0.0f, 0.3f, 2.0f, 12.0f}) {
      Random rows(3, vocabulary), fast(7, vocabulary), sorted(7, vocabulary);
      const auto row = random_row(vocabulary, spread, rows);
      for (int draw = 0; draw < 20; ++draw)
        ASSERT_EQ(sampler.draw(row, fast), draw_by_sorting(row, options, sorted))
            << vocabulary << " tokens, spread " << spread << ", draw " << draw;
    }
}

TEST(TokenSampler, draws_what_sorting_the_whole_vocabulary_would) {
  expect_draws_as_by_sorting({});
  expect_draws_as_by_sorting({.temperature = 0.3});
  expect_draws_as_by_sorting({.temperature = 4});
  expect_draws_as_by_sorting({.top_k = 1});
  expect_draws_as_by_sorting({.top_k = 40});
  expect_draws_as_by_sorting({.top_p = 1e-6});
  expect_draws_as_by_sorting({.top_p = 0.5});
  expect_draws_as_by_sorting({.top_p = 0.95});
  expect_draws_as_by_sorting({.min_p = 0.05});
  expect_draws_as_by_sorting({.min_p = 1});
  expect_draws_as_by_sorting({.temperature = 1.5, .top_k = 30, .top_p = 0.9, .min_p = 0.1});
}

TEST(TokenSampler, never_draws_suppressed_tokens) {
  // Named in any order, several times, and outside of the vocabulary.
  SamplingOptions options{.tokens = {.suppressed = {6, 1, 9, 1, -1, 0}}};
  TokenSampler sampler(options);
  Random fast(1), sorted(1), rows(2);
  const auto row = random_row(7, 1, rows);
  for (int draw = 0; draw < 200; ++draw)
    ASSERT_EQ(sampler.draw(row, fast), draw_by_sorting(row, options, sorted)) << "draw " << draw;
}

TEST(TokenSampler, decides_exactly_where_a_rounded_sum_would_not) {
  // Five tokens of one weight: top_p of 0.4 is reached by exactly two, u = 0.5 falls on a border.
  const std::vector<float> even(5, -1.609438f);
  const SamplingOptions options{.top_p = 0.4};
  TokenSampler cut(options), all({});
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Random fast(seed), sorted(seed), again(seed), whole(seed);
    ASSERT_EQ(cut.draw(even, fast), draw_by_sorting(even, options, sorted)) << "seed " << seed;
    ASSERT_EQ(all.draw(even, again), draw_by_sorting(even, {}, whole)) << "seed " << seed;
  }
}

TEST(TokenSampler, never_draws_what_is_impossible) {
  TokenSampler sampler({});
  Random random(4);
  const float no = -std::numeric_limits<float>::infinity();
  const std::vector<float> row = {no, -0.7f, no, -0.7f, no, no, no, no, no, no};
  for (int draw = 0; draw < 200; ++draw) EXPECT_EQ(sampler.draw(row, random) % 2, 1);
}

TEST(TokenSampler, applies_its_cuts_in_order) {
  // Probabilities 0.4, 0.3, 0.2, 0.1.
  const std::vector<float> row = {std::log(0.4f), std::log(0.3f), std::log(0.2f), std::log(0.1f)};
  const auto drawn = [&](const SamplingOptions& options) {
    TokenSampler sampler(options);
    std::set<Index> tokens;
    Random random(5);
    for (int draw = 0; draw < 500; ++draw) tokens.insert(sampler.draw(row, random));
    return tokens;
  };
  // Of the best three, the best two have 7/9; of all, 0.7.
  EXPECT_EQ(drawn({.top_p = 0.75}), (std::set<Index>{0, 1, 2}));
  EXPECT_EQ(drawn({.top_k = 3, .top_p = 0.75}), (std::set<Index>{0, 1}));
  // 0.2 is half of 0.4. After a temperature of 0.5 weights are squares: it is a quarter.
  EXPECT_EQ(drawn({.min_p = 0.49}), (std::set<Index>{0, 1, 2}));
  EXPECT_EQ(drawn({.temperature = 0.5, .min_p = 0.49}), (std::set<Index>{0, 1}));
  // min_p compares with the largest probability, which top_p does not change.
  EXPECT_EQ(drawn({.top_p = 0.85, .min_p = 0.49}), (std::set<Index>{0, 1, 2}));
}

TEST(TokenSampler, refuses_options_out_of_range) {
  const auto refused = [](const SamplingOptions& options) {
    return message_of<ConfigError>([&] { TokenSampler sampler(options); });
  };
  EXPECT_EQ(refused({.temperature = 0}), "sampling: a temperature of 0; it must be above 0");
  EXPECT_EQ(refused({.temperature = NAN}), "sampling: a temperature of nan; it must be above 0");
  EXPECT_EQ(refused({.temperature = INFINITY}), "sampling: a temperature of inf; it must be above 0");
  EXPECT_EQ(refused({.top_k = -1}), "sampling: a top_k of -1; it must be at least 1, or 0 for all tokens");
  EXPECT_EQ(refused({.top_p = 0}), "sampling: a top_p of 0; it must be above 0, at most 1");
  EXPECT_EQ(refused({.top_p = 1.01}), "sampling: a top_p of 1.01; it must be above 0, at most 1");
  EXPECT_EQ(refused({.min_p = -0.1}), "sampling: a min_p of -0.1; it must be 0 to 1");
  EXPECT_EQ(refused({.min_p = NAN}), "sampling: a min_p of nan; it must be 0 to 1");
}

}  // namespace
}  // namespace heed
