#include "heed/decoding/sampling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "heed/base/error.h"
#include "tests/decoding/table_model.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

std::vector<std::vector<Hypothesis>> draw(const TableModel::Table& table,
                                          const std::vector<std::uint64_t>& names, Index limit,
                                          const SamplingOptions& options) {
  TableModel model(names, table);
  return sample(model, std::vector<Index>(names.size(), limit), names, options);
}

/// How often each token comes first among many draws; EOS is number 2.
std::map<Index, double> shares(const TableModel::Table& table, SamplingOptions options) {
  std::map<Index, double> counts;
  options.samples = 1000;
  std::vector<std::uint64_t> names(20);
  std::iota(names.begin(), names.end(), 1);
  for (const auto& hypotheses : draw(table, names, 1, options))
    for (const Hypothesis& h : hypotheses) counts[h.complete ? 2 : h.tokens[0]] += 1.0 / 20000;
  return counts;
}

const std::vector<float> logits = {0.5f, -1, 1, 2, 0};

std::vector<float> same_logits(std::uint64_t, const std::vector<Index>&) { return logits; }

/// Four standard deviations of a share of 20000 draws.
double four_deviations(double share) { return 4 * std::sqrt(share * (1 - share) / 20000) + 1e-9; }

void expect_shares(const std::map<Index, double>& found, const std::map<Index, double>& expected) {
  for (const auto& [token, share] : found) EXPECT_TRUE(expected.contains(token)) << "token " << token;
  for (const auto& [token, share] : expected)
    EXPECT_NEAR(found.contains(token) ? found.at(token) : 0, share, four_deviations(share))
        << "token " << token;
}

/// The softmax of the logits of these tokens over a temperature.
std::map<Index, double> softmax_of(const std::vector<Index>& tokens, double temperature = 1) {
  std::map<Index, double> probabilities;
  double sum = 0;
  for (const Index token : tokens)
    sum += probabilities[token] =
        std::exp(static_cast<double>(logits[static_cast<std::size_t>(token)]) / temperature);
  for (auto& [token, probability] : probabilities) probability /= sum;
  return probabilities;
}

TEST(Sampling, draws_tokens_with_the_models_probabilities) {
  expect_shares(shares(same_logits, {}), softmax_of({0, 1, 2, 3, 4}));
}

TEST(Sampling, divides_logits_by_the_temperature) {
  expect_shares(shares(same_logits, {.temperature = 0.5}), softmax_of({0, 1, 2, 3, 4}, 0.5));
  expect_shares(shares(same_logits, {.temperature = 3}), softmax_of({0, 1, 2, 3, 4}, 3));
}

TEST(Sampling, top_k_leaves_the_k_likeliest) {
  expect_shares(shares(same_logits, {.top_k = 3}), softmax_of({3, 2, 0}));
  expect_shares(shares(same_logits, {.top_k = 99}), softmax_of({0, 1, 2, 3, 4}));
}

TEST(Sampling, top_k_of_1_is_greedy) {
  const auto table = random_table(9, 1);
  TableModel model({7}, table);
  EXPECT_EQ(draw(table, {7}, 9, {.top_k = 1})[0][0].tokens,
            beam_search(model, std::vector<Index>{9}, {.beam = 1})[0][0].tokens);
}

TEST(Sampling, top_p_leaves_the_likeliest_that_reach_p_together) {
  // Token 3 has 0.56, 2 has 0.21, 0 has 0.13.
  expect_shares(shares(same_logits, {.top_p = 0.5}), softmax_of({3}));
  expect_shares(shares(same_logits, {.top_p = 0.6}), softmax_of({3, 2}));
  expect_shares(shares(same_logits, {.top_p = 0.8}), softmax_of({3, 2, 0}));
}

TEST(Sampling, never_draws_what_it_is_told_not_to) {
  expect_shares(shares(same_logits, {.tokens = {.suppressed = {3, 1}}}), softmax_of({0, 2, 4}));
}

TEST(Sampling, reports_the_models_log_probabilities_whatever_the_temperature) {
  const auto table = random_table(6, 2);
  const auto found = draw(table, {7}, 8, {.temperature = 2, .samples = 20})[0];
  for (const Hypothesis& h : found) {
    std::vector<Index> history = {1}, written = h.tokens;
    if (h.complete) written.push_back(2);
    double sum = 0;
    for (const Index token : written) {
      sum += log_softmax_of(table(7, history))[static_cast<std::size_t>(token)];
      history.push_back(token);
    }
    EXPECT_NEAR(h.log_probability, sum, 1e-5);
    EXPECT_EQ(h.token_log_probability.size(), written.size());
  }
}

TEST(Sampling, keeps_to_the_length_limit_and_sorts_by_score) {
  const auto found = draw(random_table(20, 2), {7}, 4, {.samples = 50})[0];
  ASSERT_EQ(found.size(), 50U);
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_TRUE(found[i].complete ? found[i].tokens.size() < 4 : found[i].tokens.size() == 4);
    EXPECT_LE(found[i].score, found[i == 0 ? 0 : i - 1].score);
  }
}

std::vector<std::vector<Index>> tokens_of(const std::vector<Hypothesis>& hypotheses) {
  std::vector<std::vector<Index>> all;
  for (const Hypothesis& hypothesis : hypotheses) all.push_back(hypothesis.tokens);
  return all;
}

TEST(Sampling, draws_the_same_for_a_sentence_whatever_its_neighbors) {
  const auto table = random_table(9, 3);
  const SamplingOptions options{.samples = 3, .seed = 5};
  const auto together = draw(table, {4, 8, 15}, 10, options);
  EXPECT_EQ(tokens_of(together[1]), tokens_of(draw(table, {8}, 10, options)[0]));
  EXPECT_EQ(tokens_of(together[2]), tokens_of(draw(table, {15, 4}, 10, options)[0]));
}

TEST(Sampling, follows_from_seed_and_name) {
  const auto table = [random = random_table(50, 3)](std::uint64_t, const std::vector<Index>& tokens) {
    return random(0, tokens);  // the same for each name
  };
  const auto drawn = [&](std::uint64_t name, std::uint64_t seed) {
    return tokens_of(draw(table, {name}, 10, {.samples = 3, .seed = seed})[0]);
  };
  EXPECT_EQ(drawn(1, 1), drawn(1, 1));
  EXPECT_NE(drawn(1, 1), drawn(2, 1));
  EXPECT_NE(drawn(1, 1), drawn(1, 2));
}

TEST(Sampling, finished_hypotheses_leave_the_batch) {
  TableModel model({1, 2}, [](std::uint64_t name, const std::vector<Index>& tokens) {
    return std::vector<float>{0, 0, tokens.size() > name ? 60.0f : -60.0f};
  });
  sample(model, std::vector<Index>{9, 9}, std::vector<std::uint64_t>{1, 2}, {.samples = 2});
  EXPECT_EQ(model.rows(), (std::vector<Index>{4, 4, 2}));
}

TEST(Sampling, refuses_what_makes_no_sense) {
  EXPECT_THROW(draw(same_logits, {1}, 5, {.temperature = 0}), ConfigError);
  EXPECT_THROW(draw(same_logits, {1}, 5, {.temperature = NAN}), ConfigError);
  EXPECT_THROW(draw(same_logits, {1}, 5, {.top_k = -1}), ConfigError);
  EXPECT_THROW(draw(same_logits, {1}, 5, {.top_p = 0}), ConfigError);
  EXPECT_THROW(draw(same_logits, {1}, 5, {.samples = 0}), ConfigError);
  EXPECT_THROW(draw(same_logits, {1}, 0, {}), ConfigError);
  EXPECT_EQ(message_of<ConfigError>([&] {
              draw(same_logits, {1}, 5, {.tokens = {.suppressed = {0, 1, 2, 3, 4}}});
            }),
            "sampling: every token of the vocabulary is suppressed");
  TableModel model({1, 2}, same_logits);
  EXPECT_EQ(message_of<ShapeError>([&] {
              sample(model, std::vector<Index>{5, 5}, std::vector<std::uint64_t>{1}, {});
            }),
            "sampling: 2 sentences have 2 length limits and 1 names");
}

TEST(Sampling, says_when_a_model_gives_no_numbers) {
  const auto broken = [](std::uint64_t, const std::vector<Index>&) {
    return std::vector<float>{0, NAN, 1, 2};
  };
  EXPECT_EQ(message_of<Error>([&] { draw(broken, {1}, 5, {}); }),
            "sampling: the model's scores are not numbers; did its training diverge?");
}

}  // namespace
}  // namespace heed
