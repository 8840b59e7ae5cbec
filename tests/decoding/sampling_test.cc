#include "heed/decoding/sampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "heed/base/error.h"
#include "heed/decoding/beam_search.h"
#include "tests/decoding/table_model.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

std::vector<std::vector<Hypothesis>> draw(const TableModel::Table& table,
                                          const std::vector<std::uint64_t>& names, Index limit,
                                          const SamplingOptions& options) {
  TableModel model(names, table);
  return sample(model, Prompts(names.size(), {1}), std::vector<Index>(names.size(), limit), names, options);
}

/// How often each token comes first among many draws; EOS is number 2.
std::map<Index, double> shares(const TableModel::Table& table, SamplingOptions options) {
  std::map<Index, double> counts;
  options.samples = 1000;
  std::vector<std::uint64_t> names(20);
  std::iota(names.begin(), names.end(), 1);
  for (const auto& hypotheses : draw(table, names, 1, options))
    for (const Hypothesis& h : hypotheses) counts[h.complete() ? 2 : h.tokens[0]] += 1.0 / 20000;
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
            beam_search(model, {{1}}, std::vector<Index>{9}, {.beam = 1})[0][0].tokens);
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
    if (h.complete()) written.push_back(2);
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
    EXPECT_TRUE(found[i].complete() ? found[i].tokens.size() < 4 : found[i].tokens.size() == 4);
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
  sample(model, {{1}, {1}}, std::vector<Index>{9, 9}, std::vector<std::uint64_t>{1, 2}, {.samples = 2});
  EXPECT_EQ(model.rows(), (std::vector<Index>{4, 4, 2}));
}

TEST(Sampling, min_p_leaves_what_is_likely_enough_beside_the_likeliest) {
  // Beside token 3, 2 has 0.37 of the probability, 0 has 0.22, 4 has 0.14 and 1 has 0.05.
  expect_shares(shares(same_logits, {.min_p = 0.3}), softmax_of({3, 2}));
  expect_shares(shares(same_logits, {.min_p = 0.1}), softmax_of({3, 2, 0, 4}));
}

TEST(Sampling, penalizes_tokens_of_the_prompt_and_of_the_output) {
  TableModel model({7}, {{1, 3, 1}}, same_logits);
  // The prompt makes 3 a logit of 0.2 and 1 one of -10: 2 comes first. Then 2 has 0.1, and 0 comes; then 0
  // has 0.05, and 3 is the likeliest again.
  const auto found = sample(model, {{1, 3, 1}}, std::vector<Index>{3}, std::vector<std::uint64_t>{7},
                            {.rules = {.repetition_penalty = 10}, .top_k = 1, .tokens = {.eos = -1}})[0][0];
  EXPECT_EQ(found.tokens, (std::vector<Index>{2, 0, 3}));
}

TEST(Sampling, draws_with_penalized_probabilities_but_reports_the_models_own) {
  TableModel model({7}, {{3, 1}}, same_logits);
  std::map<Index, double> counts;
  const auto found = sample(model, {{3, 1}}, std::vector<Index>{1}, std::vector<std::uint64_t>{7},
                            {.rules = {.repetition_penalty = 2}, .samples = 20000, .tokens = {.eos = -1}})[0];
  for (const Hypothesis& h : found) {
    counts[h.tokens[0]] += 1.0 / 20000;
    EXPECT_NEAR(h.log_probability, log_softmax_of(logits)[static_cast<std::size_t>(h.tokens[0])], 1e-5);
  }
  std::map<Index, double> expected;
  double sum = 0;
  for (const auto& [token, logit] : std::map<Index, double>{{0, 0.5}, {1, -2}, {2, 1}, {3, 1}, {4, 0}})
    sum += expected[token] = std::exp(logit);
  for (auto& [token, probability] : expected) probability /= sum;
  expect_shares(counts, expected);
}

TEST(Sampling, goes_on_from_each_prompt) {
  const Prompts prompts = {{1, 3, 4, 5}, {6}};
  const auto table = random_table(9, 4);
  TableModel model({3, 8}, prompts, table);
  const std::vector<std::uint64_t> names = {3, 8};
  const auto found = sample(model, prompts, std::vector<Index>{6, 6}, names, {.samples = 4, .seed = 2});
  for (std::size_t s = 0; s < 2; ++s) {
    const auto continued = [&](std::uint64_t name, const std::vector<Index>& tokens) {
      std::vector<Index> history = prompts[s];
      history.insert(history.end(), tokens.begin() + 1, tokens.end());
      return table(name, history);
    };
    EXPECT_EQ(tokens_of(found[s]), tokens_of(draw(continued, {names[s]}, 6, {.samples = 4, .seed = 2})[0]));
  }
}

TEST(Sampling, ends_where_the_context_does) {
  TableModel model({1}, {{1, 3, 4}}, same_logits);
  model.set_context(6);
  const auto found = sample(model, {{1, 3, 4}}, std::vector<Index>{50}, std::vector<std::uint64_t>{1},
                            {.tokens = {.suppressed = {2}}})[0][0];
  EXPECT_EQ(found.tokens.size(), 4U);
  EXPECT_EQ(found.finish_reason, FinishReason::length);
  EXPECT_EQ(model.longest(), 6);
}

/// Logits that let nothing but the token be drawn that follows the last one: 3, 4, 5 and so on.
std::vector<float> counting(std::uint64_t, const std::vector<Index>& tokens) {
  std::vector<float> row(12, -60);
  row[static_cast<std::size_t>(std::max<Index>(tokens.back() + 1, 3))] = 0;
  return row;
}

TEST(Sampling, ends_at_stop_tokens_and_leaves_them_out) {
  const Hypothesis found = draw(counting, {1}, 9, {.tokens = {.stop = {9, 6}}})[0][0];
  EXPECT_EQ(found.tokens, (std::vector<Index>{3, 4, 5}));
  EXPECT_EQ(found.token_log_probability.size(), 4U);
  EXPECT_EQ(found.finish_reason, FinishReason::stop);
}

TEST(Sampling, tells_every_token_as_it_is_drawn) {
  std::vector<DrawnToken> told;
  const auto found = draw(random_table(6, 3), {4, 8}, 5, {.samples = 3, .observer = [&](const DrawnToken& t) {
                                                            told.push_back(t);
                                                            return DrawingControl::go_on;
                                                          }});
  for (std::size_t s = 0; s < 2; ++s) {
    std::vector<Hypothesis> heard(3);
    for (const DrawnToken& t : told) {
      if (t.sequence != s) continue;
      Hypothesis& h = heard[static_cast<std::size_t>(t.sample)];
      if (t.written()) h.tokens.push_back(t.token);
      h.token_log_probability.push_back(t.log_probability);
      if (t.finish_reason) h.finish_reason = *t.finish_reason;
      h.score += static_cast<double>(t.log_probability);
    }
    std::ranges::stable_sort(heard, std::greater(), &Hypothesis::score);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(heard[i].tokens, found[s][i].tokens);
      EXPECT_EQ(heard[i].token_log_probability, found[s][i].token_log_probability);
      EXPECT_EQ(heard[i].finish_reason, found[s][i].finish_reason);
    }
  }
}

TEST(Sampling, stops_a_sample_whose_observer_says_so_and_goes_on_with_others) {
  const auto found =
      draw(counting, {1, 2}, 6, {.observer = [](const DrawnToken& t) {
             return t.sequence == 0 && t.token == 5 ? DrawingControl::stop : DrawingControl::go_on;
           }});
  EXPECT_EQ(found[0][0].tokens, (std::vector<Index>{3, 4, 5}));
  EXPECT_EQ(found[0][0].finish_reason, FinishReason::stop);
  EXPECT_EQ(found[1][0].tokens, (std::vector<Index>{3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(found[1][0].finish_reason, FinishReason::length);
}

TEST(Sampling, stopped_at_its_last_token_was_stopped) {
  const auto found = draw(counting, {1}, 3, {.observer = [](const DrawnToken& t) {
                            return t.token == 5 ? DrawingControl::stop : DrawingControl::go_on;
                          }});
  EXPECT_EQ(found[0][0].finish_reason, FinishReason::stop);
}

TEST(Sampling, ends_all_that_have_not_finished_when_an_observer_cancels) {
  TableModel model({1, 2, 3}, Prompts{{1}, {5}, {1}}, counting);
  int told = 0;
  const auto found =
      sample(model, {{1}, {5}, {1}}, std::vector<Index>{9, 1, 9}, std::vector<std::uint64_t>{1, 2, 3},
             {.observer = [&](const DrawnToken& t) {
               ++told;
               return t.sequence == 0 && t.token == 4 ? DrawingControl::cancel : DrawingControl::go_on;
             }});
  EXPECT_EQ(found[0][0].tokens, (std::vector<Index>{3, 4}));
  EXPECT_EQ(found[0][0].finish_reason, FinishReason::cancelled);
  EXPECT_EQ(found[1][0].finish_reason, FinishReason::length);
  EXPECT_EQ(found[2][0].tokens, std::vector<Index>{3});
  EXPECT_EQ(found[2][0].finish_reason, FinishReason::cancelled);
  EXPECT_EQ(told, 4);
  EXPECT_EQ(model.rows(), (std::vector<Index>{3, 2}));
}

TEST(Sampling, cancelled_by_the_last_of_a_batch_computes_no_further_step) {
  TableModel model({1, 2}, counting);
  const auto found = sample(model, {{1}, {1}}, std::vector<Index>{9, 9}, std::vector<std::uint64_t>{1, 2},
                            {.observer = [](const DrawnToken& t) {
                              return t.sequence == 1 ? DrawingControl::cancel : DrawingControl::go_on;
                            }});
  EXPECT_EQ(found[0][0].tokens, std::vector<Index>{3});
  EXPECT_EQ(found[0][0].finish_reason, FinishReason::cancelled);
  EXPECT_FALSE(found[0][0].complete());
  EXPECT_EQ(model.rows(), std::vector<Index>{2});
}

TEST(Sampling, refuses_what_makes_no_sense) {
  EXPECT_EQ(message_of<ConfigError>([&] { draw(same_logits, {1}, 5, {.rules = {.repetition_penalty = 0}}); }),
            "sampling: a repetition penalty of 0; it must be above 0");
  EXPECT_THROW(draw(same_logits, {1}, 5, {.rules = {.repetition_penalty = NAN}}), ConfigError);
  EXPECT_THROW(draw(same_logits, {1}, 5, {.min_p = 1.5}), ConfigError);
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
              sample(model, {{1}, {1}}, std::vector<Index>{5, 5}, std::vector<std::uint64_t>{1}, {});
            }),
            "sampling: 2 sequences have 1 names");
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
