#include "heed/decoding/beam_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "heed/base/error.h"
#include "tests/decoding/table_model.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

constexpr Index begin_mark = 1, end_mark = 2;  // SearchTokens' defaults

/// Every hypothesis there is, by trying them all: those that end before `limit`, and those cut off there.
void enumerate(const TableModel::Table& table, std::uint64_t name, Index limit, const BeamOptions& options,
               const Hypothesis& so_far, std::vector<Hypothesis>& all) {
  std::vector<Index> history = {begin_mark};
  history.insert(history.end(), so_far.tokens.begin(), so_far.tokens.end());
  const auto log_probabilities = log_softmax_of(table(name, history));
  for (Index token = 0; token < static_cast<Index>(log_probabilities.size()); ++token) {
    if (std::count(options.tokens.suppressed.begin(), options.tokens.suppressed.end(), token)) continue;
    Hypothesis grown = so_far;
    grown.log_probability += log_probabilities[static_cast<std::size_t>(token)];
    grown.finish_reason = token == end_mark ? FinishReason::eos : FinishReason::length;
    if (!grown.complete()) grown.tokens.push_back(token);
    const auto length = static_cast<double>(history.size());  // tokens, EOS too
    grown.score = grown.log_probability / std::pow((5 + length) / 6, options.length_penalty);
    if (grown.complete() || static_cast<Index>(grown.tokens.size()) == limit)
      all.push_back(grown);
    else
      enumerate(table, name, limit, options, grown, all);
  }
}

std::vector<Hypothesis> best_of_all(const TableModel::Table& table, std::uint64_t name, Index limit,
                                    const BeamOptions& options) {
  std::vector<Hypothesis> all;
  enumerate(table, name, limit, options, {}, all);
  std::sort(all.begin(), all.end(),
            [](const Hypothesis& a, const Hypothesis& b) { return a.score > b.score; });
  return all;
}

std::vector<std::vector<Hypothesis>> search(const TableModel::Table& table,
                                            const std::vector<std::uint64_t>& names,
                                            const std::vector<Index>& limits, const BeamOptions& options) {
  TableModel model(names, table);
  return beam_search(model, Prompts(names.size(), {begin_mark}), limits, options);
}

void expect_same(const std::vector<Hypothesis>& found, const std::vector<Hypothesis>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].tokens, expected[i].tokens) << "hypothesis " << i;
    EXPECT_EQ(found[i].finish_reason, expected[i].finish_reason) << "hypothesis " << i;
    EXPECT_NEAR(found[i].log_probability, expected[i].log_probability, 1e-5) << "hypothesis " << i;
    EXPECT_NEAR(found[i].score, expected[i].score, 1e-5) << "hypothesis " << i;
  }
}

TEST(BeamSearch, as_wide_as_the_space_finds_all_hypotheses_in_order) {
  for (const double penalty : {0.0, 0.6, 1.0, -0.5})
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      // 3 tokens or EOS, at most 4 times: 1 + 3 + 9 + 27 complete ones and 81 that are cut off.
      const auto table = random_table(4, seed);
      const BeamOptions options{.beam = 121, .length_penalty = penalty, .n_best = 121};
      expect_same(search(table, {7}, {4}, options)[0], best_of_all(table, 7, 4, options));
    }
}

TEST(BeamSearch, never_writes_what_it_is_told_not_to) {
  const auto table = random_table(6, 3);
  const BeamOptions options{.beam = 40, .n_best = 40, .tokens = {.suppressed = {0, 1}}};
  const auto found = search(table, {7}, {3}, options)[0];
  EXPECT_EQ(found.size(), 40U);  // 1 + 3 + 9 complete ones and 27 that are cut off
  expect_same(found, best_of_all(table, 7, 3, options));
}

TEST(BeamSearch, of_1_takes_the_likeliest_token_each_time) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const auto table = random_table(8, seed);
    std::vector<Index> history = {1};
    double log_probability = 0;
    Index token = 1;
    while (token != end_mark && history.size() <= 12) {
      const auto log_probabilities = log_softmax_of(table(7, history));
      token =
          std::max_element(log_probabilities.begin(), log_probabilities.end()) - log_probabilities.begin();
      log_probability += log_probabilities[static_cast<std::size_t>(token)];
      history.push_back(token);
    }
    const Hypothesis found = search(table, {7}, {12}, {.beam = 1})[0][0];
    std::vector<Index> greedy(history.begin() + 1, token == end_mark ? history.end() - 1 : history.end());
    EXPECT_EQ(found.tokens, greedy) << "seed " << seed;
    EXPECT_EQ(found.complete(), token == end_mark) << "seed " << seed;
    EXPECT_NEAR(found.log_probability, log_probability, 1e-5) << "seed " << seed;
  }
}

TEST(BeamSearch, finds_what_greedy_search_misses) {
  // 3 looks best at first, but only 4 leads to a certain end.
  const auto table = [](std::uint64_t, const std::vector<Index>& tokens) {
    const float no = -20;
    if (tokens.size() == 1) return std::vector<float>{no, no, no, 0.1f, 0};
    if (tokens.back() == 4) return std::vector<float>{no, no, 9, no, no};
    return std::vector<float>{0, 0, 0, 0, 0};
  };
  EXPECT_EQ(search(table, {1}, {5}, {.beam = 2, .length_penalty = 0})[0][0].tokens, std::vector<Index>{4});
  EXPECT_EQ(search(table, {1}, {5}, {.beam = 1, .length_penalty = 0})[0][0].tokens[0], 3);
}

TEST(BeamSearch, ranks_by_the_penalized_score_and_says_how_it_came_about) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto found =
        search(random_table(9, seed), {7}, {10}, {.beam = 5, .length_penalty = 0.6, .n_best = 5})[0];
    EXPECT_EQ(found.size(), 5U);
    std::set<std::vector<Index>> distinct;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Hypothesis& h = found[i];
      EXPECT_LE(h.score, found[i == 0 ? 0 : i - 1].score);
      EXPECT_EQ(h.token_log_probability.size(), h.tokens.size() + (h.complete() ? 1 : 0));
      const double sum = std::accumulate(h.token_log_probability.begin(), h.token_log_probability.end(), 0.0);
      EXPECT_NEAR(h.log_probability, sum, 1e-5);
      const auto length = static_cast<Index>(h.token_log_probability.size());
      EXPECT_NEAR(h.score, sum / length_penalty(length, 0.6), 1e-5);
      EXPECT_EQ(std::count(h.tokens.begin(), h.tokens.end(), end_mark), 0);
      distinct.insert(h.tokens);
    }
    EXPECT_EQ(distinct.size(), found.size());
  }
}

TEST(BeamSearch, a_higher_length_penalty_never_shortens_the_best_of_all) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::size_t before = 0;
    for (const double penalty : {0.0, 0.5, 1.0, 2.0}) {
      const auto best =
          search(random_table(4, seed), {7}, {4}, {.beam = 121, .length_penalty = penalty})[0][0];
      EXPECT_GE(best.token_log_probability.size(), before);
      before = best.token_log_probability.size();
    }
  }
}

TEST(BeamSearch, the_length_penalty_is_that_of_wu_et_al) {
  EXPECT_DOUBLE_EQ(length_penalty(1, 0.6), 1);
  EXPECT_DOUBLE_EQ(length_penalty(7, 1), 2);
  EXPECT_DOUBLE_EQ(length_penalty(20, 0), 1);
  EXPECT_NEAR(length_penalty(20, 0.6), std::pow(25.0 / 6, 0.6), 1e-12);
}

TEST(BeamSearch, keeps_to_each_sentences_length_limit) {
  const auto endless = [](std::uint64_t, const std::vector<Index>&) {
    return std::vector<float>{1, 0, -30, 2, 0.5f};
  };
  const auto found = search(endless, {1, 2, 3}, {1, 7, 4}, {.beam = 3, .n_best = 3});
  for (const auto& [sentence, limit] : {std::pair<std::size_t, std::size_t>{0, 1}, {1, 7}, {2, 4}}) {
    EXPECT_EQ(found[sentence][0].tokens, std::vector<Index>(limit, 3));
    EXPECT_EQ(found[sentence][0].finish_reason, FinishReason::length);
    for (const Hypothesis& hypothesis : found[sentence]) EXPECT_LE(hypothesis.tokens.size(), limit);
  }
}

TEST(BeamSearch, gives_a_batch_what_it_gives_its_sentences_one_by_one) {
  const std::vector<std::uint64_t> names = {3, 1, 4, 5, 9};
  const std::vector<Index> limits = {5, 12, 3, 9, 12};
  const BeamOptions options{.beam = 4, .n_best = 4};
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto table = random_table(9, seed);
    const auto together = search(table, names, limits, options);
    for (std::size_t s = 0; s < names.size(); ++s) {
      const auto alone = search(table, {names[s]}, {limits[s]}, options)[0];
      ASSERT_EQ(together[s].size(), alone.size());
      for (std::size_t i = 0; i < alone.size(); ++i) {
        EXPECT_EQ(together[s][i].tokens, alone[i].tokens);
        EXPECT_EQ(together[s][i].score, alone[i].score);
      }
    }
  }
}

TEST(BeamSearch, finished_sentences_leave_the_batch) {
  // Sentence n can only end, and for certain, after n tokens.
  const auto table = [](std::uint64_t name, const std::vector<Index>& tokens) {
    const bool ends = tokens.size() > name;
    return std::vector<float>{0, 0, ends ? 30.0f : -30.0f, 1, 2};
  };
  TableModel model({1, 3, 5}, table);
  const std::vector<Index> limits = {20, 20, 20};
  const auto found = beam_search(model, Prompts(3, {begin_mark}), limits, {.beam = 1});
  for (std::size_t s = 0; s < 3; ++s) EXPECT_EQ(found[s][0].tokens.size(), 2 * s + 1);
  EXPECT_EQ(model.rows(), (std::vector<Index>{3, 3, 2, 2, 1, 1}));
}

TEST(BeamSearch, stops_early_only_where_nothing_returned_can_change) {
  Index steps_for_one = 0, steps_for_all = 0;
  for (const double penalty : {0.0, 0.6, 2.0, -0.5})
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      TableModel one({7, 8}, random_table(6, seed)), all({7, 8}, random_table(6, seed));
      const std::vector<Index> limits = {9, 14};
      const Prompts prompts(2, {begin_mark});
      const auto first =
          beam_search(one, prompts, limits, {.beam = 4, .length_penalty = penalty, .n_best = 1});
      const auto every =
          beam_search(all, prompts, limits, {.beam = 4, .length_penalty = penalty, .n_best = 4});
      for (std::size_t s = 0; s < 2; ++s) {
        EXPECT_EQ(first[s][0].tokens, every[s][0].tokens) << penalty << ", seed " << seed;
        EXPECT_EQ(first[s][0].score, every[s][0].score);
      }
      steps_for_one += std::ssize(one.rows());
      steps_for_all += std::ssize(all.rows());
    }
  EXPECT_LT(steps_for_one, steps_for_all);
}

TEST(BeamSearch, starts_with_one_hypothesis_a_sentence_and_fans_out) {
  TableModel model({1, 2}, [](std::uint64_t, const std::vector<Index>&) {
    return std::vector<float>{1, 0, -30, 2, 0.5f};
  });
  const std::vector<Index> limits = {3, 3};
  beam_search(model, Prompts(2, {begin_mark}), limits, {.beam = 3});
  EXPECT_EQ(model.rows(), (std::vector<Index>{2, 6, 6}));
}

/// The table of what follows a prompt, as a table of what follows BOS.
TableModel::Table after(const std::vector<Index>& prompt, const TableModel::Table& table) {
  return [=](std::uint64_t name, const std::vector<Index>& tokens) {
    std::vector<Index> history = prompt;
    history.insert(history.end(), tokens.begin() + 1, tokens.end());
    return table(name, history);
  };
}

TEST(BeamSearch, goes_on_from_each_prompt) {
  const Prompts prompts = {{1, 3, 4, 5}, {6}, {1, 0}};
  const std::vector<std::uint64_t> names = {3, 1, 4};
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto table = random_table(9, seed);
    const BeamOptions options{.beam = 4, .n_best = 4};
    TableModel model(names, prompts, table);
    const auto found = beam_search(model, prompts, std::vector<Index>{5, 8, 6}, options);
    for (std::size_t s = 0; s < names.size(); ++s)
      expect_same(found[s], search(after(prompts[s], table), {names[s]},
                                   {s == 0   ? 5
                                    : s == 1 ? 8
                                             : 6},
                                   options)[0]);
  }
}

TEST(BeamSearch, ends_where_the_context_does) {
  const Prompts prompts = {{1, 3, 4}, {1}};
  TableModel model({1, 2}, prompts, [](std::uint64_t, const std::vector<Index>&) {
    return std::vector<float>{1, 0, -30, 2, 0.5f};
  });
  model.set_context(6);
  const auto found = beam_search(model, prompts, std::vector<Index>{50, 50}, {.beam = 2});
  EXPECT_EQ(found[0][0].tokens.size(), 4U);
  EXPECT_EQ(found[1][0].tokens.size(), 6U);
  EXPECT_EQ(found[0][0].finish_reason, FinishReason::length);
  EXPECT_EQ(model.longest(), 6);
}

TEST(BeamSearch, ends_at_stop_tokens_as_at_eos) {
  // 4 does what EOS did, which is suppressed.
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto table = random_table(5, seed);
    const auto exchanged = [=](std::uint64_t name, const std::vector<Index>& tokens) {
      auto logits = table(name, tokens);
      std::swap(logits[2], logits[4]);
      return logits;
    };
    const BeamOptions options{.beam = 30, .n_best = 30, .tokens = {.suppressed = {4}}};
    const BeamOptions stopping{.beam = 30, .n_best = 30, .tokens = {.suppressed = {2}, .stop = {4}}};
    const auto expected = search(table, {7}, {3}, options)[0],
               found = search(exchanged, {7}, {3}, stopping)[0];
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].tokens, expected[i].tokens) << "hypothesis " << i;
      EXPECT_EQ(found[i].token_log_probability, expected[i].token_log_probability) << "hypothesis " << i;
      EXPECT_EQ(found[i].finish_reason == FinishReason::stop, expected[i].finish_reason == FinishReason::eos);
      EXPECT_NE(found[i].finish_reason, FinishReason::eos);
    }
  }
}

TEST(BeamSearch, keeps_enough_going_on_however_many_tokens_stop) {
  // The second to fourth of the likeliest end the sequence; the beam is filled by the first and the fifth.
  TableModel model(
      {1}, [](std::uint64_t, const std::vector<Index>&) { return std::vector<float>{4, 3.5f, -9, 3, 5, 0}; });
  beam_search(model, {{1}}, std::vector<Index>{2}, {.beam = 2, .n_best = 2, .tokens = {.stop = {0, 1, 3}}});
  EXPECT_EQ(model.rows(), (std::vector<Index>{1, 2}));
}

TEST(BeamSearch, of_no_sentences_finds_nothing) {
  EXPECT_TRUE(search(random_table(4, 1), {}, {}, {}).empty());
}

TEST(BeamSearch, refuses_what_makes_no_sense) {
  const auto table = random_table(4, 1);
  EXPECT_EQ(message_of<ConfigError>([&] { search(table, {1}, {5}, {.beam = 2, .n_best = 3}); }),
            "beam search: 3 best of a beam of 2; n_best must be 1 to beam");
  EXPECT_THROW(search(table, {1}, {5}, {.beam = 0}), ConfigError);
  EXPECT_EQ(message_of<ShapeError>([&] {
              search(table, {1, 2}, {5}, {});
            }),
            "beam search: 2 sequences have 2 prompts and 1 length limits");
  EXPECT_EQ(message_of<ConfigError>([&] { search(table, {1}, {0}, {}); }),
            "beam search: a length limit of 0; it must be at least 1");
  EXPECT_EQ(message_of<ConfigError>([&] {
              search(table, {1}, {5}, {.tokens = {.suppressed = {0, 1, 2, 3}}});
            }),
            "beam search: every token of the vocabulary is suppressed");
}

TEST(BeamSearch, says_when_a_model_gives_no_numbers) {
  const auto broken = [](std::uint64_t, const std::vector<Index>&) {
    return std::vector<float>{0, NAN, 1, 2};
  };
  EXPECT_EQ(message_of<Error>([&] { search(broken, {1}, {5}, {}); }),
            "beam search: the model's scores are not numbers; did its training diverge?");
}

}  // namespace
}  // namespace heed
