#include "heed/decoding/scoring.h"

#include <numeric>

#include "heed/decoding/beam_search.h"
#include "heed/decoding/decoding_session.h"
#include "tests/decoding/small_transformer.h"

namespace heed {
namespace {

using Scoring = SmallTransformer;
INSTANTIATE_TEST_SUITE_P(Backends, Scoring, every_backend(), backend_name);

TEST_P(Scoring, gives_translations_the_log_probabilities_that_search_found) {
  const Transformer transformer = model();
  DecodingSession session(transformer, backend(), sources_);
  const auto found =
      beam_search(session, Prompts(3, {1}), std::vector<Index>{8, 8, 8}, {.beam = 4, .n_best = 4});
  for (std::size_t s = 0; s < sources_.size(); ++s)
    for (const Hypothesis& hypothesis : found[s]) {
      std::vector<Index> target = hypothesis.tokens;
      if (hypothesis.complete()) target.push_back(2);
      const auto scores = score(transformer, backend(), {sources_[s]}, {target}, 1)[0];
      EXPECT_NEAR(std::accumulate(scores.begin(), scores.end(), 0.0), hypothesis.log_probability, 1e-4);
    }
}

TEST_P(Scoring, searching_a_batch_gives_what_its_sentences_give_alone) {
  const Transformer transformer = model();
  DecodingSession together(transformer, backend(), sources_);
  const auto batch =
      beam_search(together, Prompts(3, {1}), std::vector<Index>{8, 8, 8}, {.beam = 3, .n_best = 3});
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    DecodingSession alone(transformer, backend(), {sources_[s]});
    const auto single = beam_search(alone, {{1}}, std::vector<Index>{8}, {.beam = 3, .n_best = 3})[0];
    ASSERT_EQ(batch[s].size(), single.size());
    for (std::size_t i = 0; i < single.size(); ++i) {
      EXPECT_EQ(batch[s][i].tokens, single[i].tokens);
      EXPECT_EQ(batch[s][i].score, single[i].score);
    }
  }
}

TEST_P(Scoring, probabilities_of_all_next_tokens_sum_to_1) {
  double sum = 0;
  for (Index token = 0; token < 9; ++token)
    sum += std::exp(static_cast<double>(score(model(), backend(), {sources_[0]}, {{3, token}}, 1)[0][1]));
  EXPECT_NEAR(sum, 1, 1e-5);
}

TEST_P(Scoring, of_nothing_is_nothing) { EXPECT_TRUE(score(model(), backend(), {}, {}, 1).empty()); }

TEST_P(Scoring, says_what_it_cannot_score) {
  EXPECT_EQ(message_of<ShapeError>([&] {
              score(model(), backend(), {{3, 2}}, {}, 1);
            }),
            "score: 1 sources meet 0 targets");
  EXPECT_EQ(message_of<DataError>([&] {
              score(model(), backend(), {{3, 2}, {4, 2}}, {{3, 2}, {}}, 1);
            }),
            "score: target 1 is empty; it must have its end mark at least");
  EXPECT_EQ(message_of<DataError>([&] {
              score(model(), backend(), {{3, 2}}, {{3, 9}}, 1);
            }),
            "score: token 9 of target 0 lies outside of the 9 that are known");
}

}  // namespace
}  // namespace heed
