#include <algorithm>
#include <cmath>

#include "heed/lesson/attention/learned_attention.h"
#include "heed/lesson/attention/mask_attention.h"
#include "heed/lesson/attention/one_hot.h"
#include "heed/ops/linear.h"
#include "heed/ops/matmul.h"
#include "tests/lesson/skips/lecture_masks.h"
#include "tests/support/backends.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class Attention : public OnEveryBackend {
 protected:
  const SkipTable table_ = table_of(logs);
  const PairMask mask_ = mask_of(informative_pairs(table_));
};
INSTANTIATE_TEST_SUITE_P(Backends, Attention, every_backend(), backend_name);

TEST_P(Attention, tells_words_apart_by_the_dot_products_of_one_hot_rows) {
  Pass pass = Pass::inference(backend());
  const Variable words = pass.constant(one_hot(std::vector<WordId>{2, 0, 2}, 4));
  EXPECT_EQ(numbers_of(words.value()), (std::vector<float>{0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(numbers_of(ops::linear(words, words, {}).value()),
            (std::vector<float>{1, 0, 1, 0, 1, 0, 1, 0, 1}));
  EXPECT_THROW(one_hot(std::vector<WordId>{4}, 4), DataError);
}

TEST_P(Attention, pulls_a_row_out_of_a_matrix_by_a_one_hot_query) {
  Pass pass = Pass::inference(backend());
  const Tensor matrix = random_tensor({5, 3}, 1);
  const Variable pulled =
      ops::matmul(pass.constant(one_hot(std::vector<WordId>{3}, 5)), pass.constant(matrix));
  EXPECT_EQ(numbers_of(pulled.value()), numbers_of(matrix.narrow(0, 3, 1)));
}

TEST_P(Attention, by_masks_makes_the_votes_that_counting_makes) {
  const MaskAttention attention(table_, mask_);
  for (const char* text : {program_so_far, battery_so_far, "check the program log and find out whether"}) {
    const std::vector<WordId> words = ids_of(table_, text);
    const MaskAttention::Steps steps = attention(backend(), words);
    std::vector<float> expected(static_cast<std::size_t>(table_.vocabulary().size()));
    for (const auto& [word, votes] : vote(table_, words, &mask_).tally)
      expected[word] = static_cast<float>(votes);
    EXPECT_EQ(numbers_of(steps.votes), expected) << text;
  }
}

TEST_P(Attention, by_masks_of_all_pairs_makes_the_unmasked_votes) {
  const MaskAttention attention(table_, PairMask(table_.pairs()));
  const std::vector<float> votes = numbers_of(attention(backend(), ids_of(table_, program_so_far)).votes);
  EXPECT_EQ(votes[*table_.vocabulary().find("down")], 4);
  EXPECT_EQ(votes[*table_.vocabulary().find("please")], 5);
}

TEST_P(Attention, by_masks_attends_to_the_program_alone) {
  const MaskAttention::Steps steps = MaskAttention(table_, mask_)(backend(), ids_of(table_, program_so_far));
  EXPECT_EQ(numbers_of(steps.scores), (std::vector<float>{0, 0, 1, 0, 0, 0, 0, 0, 0}));
  const std::vector<float> mask = numbers_of(steps.mask);
  EXPECT_EQ(std::count(mask.begin(), mask.end(), 1.f), 2);
  EXPECT_EQ(mask[*table_.vocabulary().find("battery")], 1);
  EXPECT_EQ(numbers_of(steps.context),
            numbers_of(one_hot(ids_of(table_, "program"), table_.vocabulary().size())));
}

TEST_P(Attention, by_masks_refuses_what_is_too_large_or_too_short) {
  EXPECT_THROW(MaskAttention(table_, mask_)(backend(), ids_of(table_, "ran")), DataError);
  SkipTable large;
  for (int i = 0; i < 300; ++i) large.add(message("w", i));
  large.settle();
  EXPECT_THROW(MaskAttention(large, {}), DataError);
}

std::vector<WeightedSentence> sentences_of(const Weighted& sentences) {
  std::vector<WeightedSentence> result;
  for (const auto& [text, weight] : sentences) result.push_back({std::string(text), weight});
  return result;
}

TEST_P(Attention, that_learns_by_gradients_finds_the_same_mask) {
  for (const std::uint32_t seed : {1u, 2u, 3u}) {
    const LearnedAttention attention(backend(), sentences_of(logs), {.seed = seed});
    for (const auto& [text, expected] :
         {std::pair{program_so_far, "please"}, std::pair{battery_so_far, "down"}}) {
      const LearnedAttention::View view = attention(text);
      ASSERT_EQ(view.weights.size(), 9u);
      EXPECT_GT(view.weights[2], 0.95f) << text << ", seed " << seed;  // the program or the battery
      EXPECT_GT(view.votes[*attention.vocabulary().find(expected)], 0.95f) << text << ", seed " << seed;
    }
  }
}

TEST_P(Attention, that_has_learnt_nothing_yet_gives_the_unmasked_votes) {
  const LearnedAttention attention(backend(), sentences_of(logs), {.updates = 1, .learning_rate = 0});
  const LearnedAttention::View view = attention(program_so_far);
  for (const float weight : view.weights) EXPECT_FLOAT_EQ(weight, 1.f / 9);
  EXPECT_FLOAT_EQ(view.votes[*attention.vocabulary().find("down")], 4.f / 9);
  EXPECT_FLOAT_EQ(view.votes[*attention.vocabulary().find("please")], 5.f / 9);
}

TEST_P(Attention, that_learns_gets_less_surprised) {
  const LearnedAttention attention(backend(), sentences_of(logs));
  // 19 predictions; what follows "the" can not be told, log(2) for each sentence, nor, at first, "ran".
  const double tosses = std::log(2.0) * 2;
  EXPECT_NEAR(attention.losses().front(), (tosses - 2 * std::log(5.0 / 9)) / 19, 1e-5);
  EXPECT_NEAR(attention.losses().back(), tosses / 19, 0.005);
}

TEST_P(Attention, that_learns_refuses_what_teaches_nothing) {
  EXPECT_THROW(LearnedAttention(backend(), {}), DataError);
  EXPECT_THROW(LearnedAttention(backend(), {{"a pair", 1}, {"", 1}}), DataError);
  EXPECT_THROW(LearnedAttention(backend(), {{"a b c", 0}}), DataError);
  const LearnedAttention attention(backend(), {{"a b c", 1}}, {.updates = 1});
  EXPECT_THROW(attention("a d"), DataError);
  EXPECT_THROW(attention("a"), DataError);
}

}  // namespace
}  // namespace heed
