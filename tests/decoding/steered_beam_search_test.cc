#include "heed/decoding/steered_beam_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "heed/base/error.h"
#include "tests/decoding/letters.h"
#include "tests/decoding/table_model.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

constexpr Index bos = 1, eos = 2, a = 4, b = 5, c = 6;
constexpr Index vocabulary = 7;
const SearchTokens letters_only{.suppressed = {0, 1, 3}};

const TokenTexts& texts() {
  static const TokenTexts all(letters(vocabulary - 4));
  return all;
}

using Accepts = std::function<bool(const std::vector<Index>& tokens)>;

/// Every sequence of the letters a, b and c up to a length that is accepted, best first, with its score.
std::vector<std::pair<double, std::vector<Index>>> best_of_all(const TableModel::Table& table, Index limit,
                                                               const Accepts& accepts) {
  std::vector<std::pair<double, std::vector<Index>>> all;
  const std::function<void(std::vector<Index>, double)> extend = [&](std::vector<Index> tokens, double sum) {
    std::vector<Index> history{bos};
    history.insert(history.end(), tokens.begin(), tokens.end());
    const auto log_probabilities = log_softmax_of(table(7, history));
    const auto length = static_cast<double>(history.size());
    if (std::ssize(tokens) == limit) {
      if (accepts(tokens)) all.emplace_back(sum / std::pow((4 + length) / 6, 0.6), tokens);
      return;
    }
    const double ended = (sum + log_probabilities[eos]) / std::pow((5 + length) / 6, 0.6);
    if (accepts(tokens)) all.emplace_back(ended, tokens);
    for (const Index token : {a, b, c}) {
      tokens.push_back(token);
      extend(tokens, sum + log_probabilities[static_cast<std::size_t>(token)]);
      tokens.pop_back();
    }
  };
  extend({}, 0);
  std::ranges::sort(all, std::greater<>());
  return all;
}

std::vector<std::vector<Hypothesis>> search(const TableModel::Table& table,
                                            const std::vector<std::uint64_t>& names, Index limit,
                                            BeamOptions options,
                                            const std::vector<SearchConstraints>& constraints) {
  TableModel model(names, table);
  options.constraints = constraints;
  options.texts = &texts();
  return beam_search(model, Prompts(names.size(), {bos}), std::vector<Index>(names.size(), limit), options);
}

std::vector<Hypothesis> search_one(std::uint64_t seed, Index limit, const BeamOptions& options,
                                   const SearchConstraints& constraints) {
  return search(random_table(vocabulary, seed), {7}, limit, options, {constraints})[0];
}

bool holds(const std::vector<Index>& tokens, const std::vector<Index>& term) {
  return std::ranges::search(tokens, term).begin() != tokens.end() || term.empty();
}

TEST(SteeredBeamSearch, of_which_nothing_is_asked_finds_what_any_beam_search_finds) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto table = random_table(vocabulary, seed);
    const BeamOptions options{.beam = 4, .n_best = 4, .tokens = letters_only};
    TableModel model({7}, table);
    const auto plain = beam_search(model, {{bos}}, std::vector<Index>{6}, options)[0];
    const auto steered = search(table, {7}, 6, options, {{}})[0];
    ASSERT_EQ(steered.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
      EXPECT_EQ(steered[i].tokens, plain[i].tokens) << "seed " << seed;
      EXPECT_EQ(steered[i].finish_reason, plain[i].finish_reason);
      EXPECT_NEAR(steered[i].score, plain[i].score, 1e-5);
      EXPECT_NEAR(steered[i].log_probability, plain[i].log_probability, 1e-5);
      EXPECT_EQ(steered[i].token_log_probability.size(), plain[i].token_log_probability.size());
    }
  }
}

/// A beam as wide as the space finds the best of all sequences that are allowed.
void expect_best(const SearchConstraints& constraints, const TokenRules& rules, const Accepts& accepts) {
  constexpr Index limit = 4;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto table = random_table(vocabulary, seed);
    const auto expected = best_of_all(table, limit, accepts);
    const auto found =
        search(table, {7}, limit, {.beam = 200, .n_best = 3, .tokens = letters_only, .rules = rules},
               {constraints})[0];
    ASSERT_EQ(found.size(), std::min<std::size_t>(3, expected.size()));
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].tokens, expected[i].second) << "seed " << seed << ", hypothesis " << i;
      EXPECT_NEAR(found[i].score, expected[i].first, 1e-5);
    }
  }
}

TEST(SteeredBeamSearch, begins_with_the_prefix_and_scores_it) {
  expect_best({.prefix = {b, c}}, {},
              [](const auto& tokens) { return tokens.size() >= 2 && tokens[0] == b && tokens[1] == c; });
}

TEST(SteeredBeamSearch, ends_only_once_all_terms_stand_there) {
  expect_best({.terms = {{b, c}, {a}}}, {}, [](const auto& tokens) {
    return holds(tokens, {b, c}) && holds(tokens, {a});
  });
}

TEST(SteeredBeamSearch, never_writes_suppressed_phrases) {
  expect_best({.suppressed = {"b  c", "a"}}, {}, [](const auto& tokens) {
    return !holds(tokens, {b, c}) && !holds(tokens, {a});
  });
}

TEST(SteeredBeamSearch, repeats_no_ngram) {
  expect_best({}, {.no_repeat_ngrams = 2}, [](const auto& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
      for (std::size_t j = i + 1; j + 1 < tokens.size(); ++j)
        if (tokens[i] == tokens[j] && tokens[i + 1] == tokens[j + 1]) return false;
    return true;
  });
}

TEST(SteeredBeamSearch, writes_the_minimum_length) {
  expect_best({}, {.minimum_length = 3}, [](const auto& tokens) { return tokens.size() >= 3; });
}

TEST(SteeredBeamSearch, meets_terms_with_a_narrow_beam_too) {
  for (const Index beam : {1, 2, 4})
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto found = search_one(seed, 12, {.beam = beam, .tokens = letters_only},
                                    {.terms = {{a, a, b}, {c, b}, {b, b}}});
      ASSERT_EQ(found.size(), 1u);
      for (const auto& term : {std::vector{a, a, b}, {c, b}, {b, b}})
        EXPECT_TRUE(holds(found[0].tokens, term)) << "seed " << seed << ", beam " << beam;
    }
}

TEST(SteeredBeamSearch, gives_what_holds_most_terms_where_the_limit_leaves_no_room) {
  const auto found = search_one(3, 3, {.beam = 4, .tokens = letters_only}, {.terms = {{a, b}, {c, c}}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].finish_reason, FinishReason::length);
  EXPECT_TRUE(holds(found[0].tokens, {a, b}) || holds(found[0].tokens, {c, c}));
}

TEST(SteeredBeamSearch, ranks_by_penalized_scores_and_reports_the_models_own) {
  const auto table = [](std::uint64_t, const std::vector<Index>& tokens) {
    std::vector<float> logits(vocabulary, -9);
    logits[a] = 2, logits[b] = 1.5f, logits[eos] = tokens.size() > 2 ? 9.0f : -9.0f;
    return logits;
  };
  const auto found = search(
      table, {7}, 5,
      {.beam = 1, .length_penalty = 0, .tokens = letters_only, .rules = {.repetition_penalty = 2}}, {{}})[0];
  EXPECT_EQ(found[0].tokens, (std::vector<Index>{a, b}));
  double own = 0;
  for (const auto& [history, token] :
       std::vector<std::pair<std::vector<Index>, Index>>{{{bos}, a}, {{bos, a}, b}, {{bos, a, b}, eos}})
    own += log_softmax_of(table(7, history))[static_cast<std::size_t>(token)];
  EXPECT_NEAR(found[0].log_probability, own, 1e-5);
  EXPECT_GT(found[0].score, own);  // a has become less likely, so b is more so
}

TEST(SteeredBeamSearch, gives_a_sequence_the_same_whatever_is_beside_it) {
  const auto table = random_table(vocabulary, 5);
  const std::vector<SearchConstraints> constraints{{.prefix = {a}},
                                                   {.terms = {{b, c}, {a}}},
                                                   {.suppressed = {"b"}},
                                                   {.continuation = " c"},
                                                   {.prefix = {b}, .terms = {{c}}, .suppressed = {"a a"}},
                                                   {}};
  const BeamOptions options{.beam = 3, .n_best = 3, .tokens = letters_only, .rules = {.no_repeat_ngrams = 3}};
  const std::vector<std::uint64_t> names{1, 2, 3, 4, 5, 6};
  const auto together = search(table, names, 6, options, constraints);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto alone = search(table, {names[i]}, 6, options, {constraints[i]})[0];
    ASSERT_EQ(alone.size(), together[i].size());
    for (std::size_t n = 0; n < alone.size(); ++n) {
      EXPECT_EQ(alone[n].tokens, together[i][n].tokens);
      EXPECT_EQ(alone[n].score, together[i][n].score);
      EXPECT_EQ(alone[n].token_log_probability, together[i][n].token_log_probability);
    }
  }
}

TEST(SteeredBeamSearch, refuses_what_it_cannot_do) {
  EXPECT_EQ(message_of<DataError>([] { search_one(1, 4, {}, {.continuation = " zebra"}); }),
            "prefix: the model's vocabulary cannot write ' zebra'; give another spelling, or leave it away");
  EXPECT_EQ(message_of<DataError>([] { search_one(1, 4, {}, {.prefix = {70}}); }),
            "beam search: token 70 of a prefix lies outside of the 7 that are known");
  TableModel model({7}, random_table(vocabulary, 1));
  const std::vector<SearchConstraints> constraints{{.terms = {{a}}}};
  BeamOptions options;
  options.constraints = constraints;
  EXPECT_EQ(message_of<ConfigError>([&] { beam_search(model, {{bos}}, std::vector<Index>{4}, options); }),
            "beam search: continuations, terms and suppressed words need the vocabulary's texts");
}

}  // namespace
}  // namespace heed
