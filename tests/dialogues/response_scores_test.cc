#include "heed/dialogues/response_scores.h"

#include <gtest/gtest.h>

#include <cmath>

#include "heed/backend/reference/reference_backend.h"
#include "heed/decoding/language_model_session.h"
#include "heed/decoding/sampling.h"
#include "heed/dialogues/dialogue_examples.h"
#include "heed/model/decoder_only_transformer.h"
#include "heed/text/byte_tokenizer.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class Scores : public testing::Test {
 protected:
  ResponseScores of(const Dialogue& dialogue) const {
    const DialogueExamples made =
        dialogue_examples(std::vector<Dialogue>{dialogue}, DialogueEncoder(tokenizer_, 64));
    return score_responses(model_, backend_, *made.examples, 128);
  }
  /// What the model writes that always takes the likeliest token.
  Hypothesis written_after(const Dialogue& before, Index longest) const {
    const Prompts prompts{DialogueEncoder(tokenizer_, 64).prompt(before, 1).tokens};
    LanguageModelSession session(model_, backend_, prompts);
    const std::vector<Index> lengths{longest};
    const std::vector<std::uint64_t> names{0};
    return sample(session, prompts, lengths, names, {.top_k = 1, .tokens = search_tokens()}).front().front();
  }

  ByteTokenizer tokenizer_;
  mutable ReferenceBackend backend_;
  VariedParameters weights_{7, 0.3f};
  DecoderOnlyTransformer model_{
      {.vocabulary = 260, .width = 16, .hidden = 24, .heads = 2, .layers = 1, .maximum_positions = 64},
      weights_,
      ParameterStore::Purpose::training};
};

TEST_F(Scores, add_up_the_loss_of_the_assistants_tokens_alone) {
  const Dialogue one{{Role::user, "ab"}, {Role::assistant, "c"}};
  const ResponseScores scores = of(one);
  EXPECT_EQ(scores.tokens, 2);
  EXPECT_EQ(scores.responses, 1);
  Pass pass = Pass::inference(backend_);
  const std::vector<Index> tokens = DialogueEncoder(tokenizer_, 64).prompt({one[0]}, 1).tokens;
  std::vector<Index> inputs = tokens;
  const Index c = tokenizer_.encode("c").front();
  inputs.push_back(c);
  const std::vector<Index> lengths{std::ssize(inputs)};
  const Tensor logits = model_(pass, TokenBatch::packed(inputs, lengths)).value();
  double expected = 0;
  for (const auto& [row, target] : {std::pair{Index{3}, c}, std::pair{Index{4}, special::eos}}) {
    double sum = 0;
    for (Index i = 0; i < 260; ++i) sum += std::exp(static_cast<double>(logits.data()[row * 260 + i]));
    expected += std::log(sum) - static_cast<double>(logits.data()[row * 260 + target]);
  }
  EXPECT_NEAR(scores.loss, expected, 1e-4);  // sums of floats
}

TEST_F(Scores, do_not_depend_on_what_batches_hold) {
  const Dialogue a{{Role::user, "ab"}, {Role::assistant, "c"}}, b{{Role::user, "x"}, {Role::assistant, "yz"}};
  const std::vector<Dialogue> both{a, b};
  const DialogueExamples made = dialogue_examples(both, DialogueEncoder(tokenizer_, 64));
  const ResponseScores together = score_responses(model_, backend_, *made.examples, 128);
  EXPECT_EQ(together.responses, 2);
  EXPECT_NEAR(together.loss, of(a).loss + of(b).loss, 1e-4);
}

}  // namespace
}  // namespace heed
