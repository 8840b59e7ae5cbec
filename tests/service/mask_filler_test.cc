#include "heed/service/mask_filler.h"

#include <cmath>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/model/bert.h"
#include "heed/pages/attention_page.h"
#include "heed/service/attention_report.h"
#include "heed/service/open_predictor.h"
#include "heed/text/masked_text.h"
#include "tests/support/parameters.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

/// A model of eight words with varied weights, in a folder.
class MaskFillerTest : public WithFolder {
 protected:
  explicit MaskFillerTest(Index positions = 8) {
    const std::vector<std::string_view> texts{"the cat and the dog eat no grass today"};
    TokenizerConfig config;
    config.kind = TokenizerKind::whitespace;
    tokenizers_ = train_tokenizers(config, texts);
    BertConfig sizes;
    sizes.vocabulary = tokenizers_.source->vocabulary_size();
    sizes.width = 16, sizes.hidden = 24, sizes.maximum_positions = positions;
    VariedParameters weights(7, 0.3f);
    save_model(folder_, Bert(sizes, weights, ParameterStore::Purpose::training), fill_mask);
    tokenizers_.save(folder_);
  }
  MaskFiller open() const { return MaskFiller(folder_, cpu_backend()); }

  Tokenizers tokenizers_;
};

TEST_F(MaskFillerTest, gives_the_likeliest_tokens_of_each_mask) {
  const FilledText filled = open().fill("the [MASK] and [MASK] eat", 3);
  ASSERT_EQ(filled.masks.size(), 2u);
  for (const auto& guesses : filled.masks) {
    ASSERT_EQ(guesses.size(), 3u);
    EXPECT_GE(guesses[0].probability, guesses[1].probability);
    EXPECT_GE(guesses[1].probability, guesses[2].probability);
  }
  EXPECT_EQ(filled.text, "the " + filled.masks[0][0].text +
                             (filled.masks[0][0].text.empty() ? "and " : " and ") + filled.masks[1][0].text +
                             (filled.masks[1][0].text.empty() ? "eat" : " eat"));
}

TEST_F(MaskFillerTest, gives_probabilities_that_add_up_to_one) {
  const auto guesses = open().fill("the [MASK] eat", 1000).masks[0];
  EXPECT_EQ(std::ssize(guesses), tokenizers_.source->vocabulary_size());
  double sum = 0;
  for (const MaskGuess& guess : guesses) sum += guess.probability;
  EXPECT_NEAR(sum, 1, 1e-5);
}

TEST_F(MaskFillerTest, scores_each_token_given_all_others) {
  const MaskFiller filler = open();
  const ScoredText scored = filler.score("the cat eat grass");
  ASSERT_EQ(scored.predicted, 4);
  const auto guesses = filler.fill("the [MASK] eat grass", 1000).masks[0];
  const auto cat = std::ranges::find(guesses, "cat", &MaskGuess::text);
  EXPECT_NEAR(static_cast<double>(scored.token_log_probability[1]), std::log(cat->probability), 1e-4);
  EXPECT_EQ(scored.tokens[1], "cat");
  EXPECT_EQ(filler.score("").predicted, 0);
}

TEST_F(MaskFillerTest, scores_texts_of_any_length_in_parts) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "the cat and the dog ";
  EXPECT_EQ(open().score(text).predicted, 250);
}

TEST_F(MaskFillerTest, refuses_texts_that_it_cannot_fill_in) {
  const MaskFiller filler = open();
  EXPECT_EQ(message_of<DataError>([&] { filler.fill("the cat"); }),
            "the text has no [MASK] to fill in; write one for a word");
  EXPECT_NE(message_of<DataError>([&] {
              filler.fill("the the the the the the [MASK]");
            }).find("the text has 7 tokens, the model sees 6 at once"),
            std::string::npos);
  EXPECT_THROW(filler.fill("b\xe4 [MASK]"), DataError);
}

TEST_F(MaskFillerTest, shows_what_its_heads_look_at) {
  const MaskFiller filler = open();
  const AttentionReport report = attention_report(filler, "the [MASK] eat");
  EXPECT_EQ(report.source_tokens, (std::vector<std::string>{"<s>", "the", "[MASK]", "eat", "</s>"}));
  ASSERT_EQ(report.encoder.size(), 2u);
  EXPECT_EQ(report.encoder[0][0].keys, 5);
  EXPECT_EQ(report.translation, filler.fill("the [MASK] eat").text);
  EXPECT_NE(attention_page(report).find("Filled in"), std::string::npos);
  EXPECT_TRUE(attention_report(filler, "the cat").translation.empty());
  EXPECT_THROW(attention_report(filler, ""), DataError);
}

TEST_F(MaskFillerTest, predicts_line_by_line_and_names_the_line_that_it_refuses) {
  const auto predictor = open_predictor(folder_, cpu_backend(), {.top = 2});
  const std::vector<std::string> lines{"the [MASK] eat", "no grass"};
  const Prediction prediction = (*predictor)(std::span(lines).first(1)).front();
  EXPECT_EQ(std::ranges::count(prediction.text, ','), 1) << prediction.text;
  EXPECT_EQ(prediction.details["masks"][0].size(), 2u);
  EXPECT_NE(message_of<DataError>([&] { (*predictor)(lines, 10); }).find("line 12: the text has no [MASK]"),
            std::string::npos);
}

TEST_F(MaskFillerTest, refuses_a_folder_of_another_model) {
  Tokenizers other = train_tokenizers(tokenizers_.config, std::vector<std::string_view>{"a"});
  other.save(folder_);
  EXPECT_NE(message_of<CheckpointError>([&] { open(); }).find("copy the whole folder again"),
            std::string::npos);
}

}  // namespace
}  // namespace heed
