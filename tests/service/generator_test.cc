#include "heed/service/generator.h"

#include <cmath>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/model/decoder_only_transformer.h"
#include "heed/pages/attention_page.h"
#include "heed/service/attention_report.h"
#include "heed/service/inspection.h"
#include "tests/support/parameters.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

enum class Documents { end_with_eos, are_one };

/// A language model of a few characters with varied weights, in a folder.
class GeneratorTest : public WithFolder {
 protected:
  Generator open(Documents documents = Documents::are_one, Index context = 24) const {
    const std::vector<std::string_view> texts{"abcdefgh ijklm\n\u00e4"};
    TokenizerConfig config;
    config.kind = TokenizerKind::characters;
    const Tokenizers tokenizers = train_tokenizers(for_language_models(config), texts);
    VariedParameters weights(7, 0.3f);
    const DecoderOnlyTransformer model({.vocabulary = tokenizers.source->vocabulary_size(),
                                        .width = 16,
                                        .hidden = 24,
                                        .heads = 2,
                                        .layers = 2,
                                        .maximum_positions = context},
                                       weights, ParameterStore::Purpose::training);
    save_model(folder_, model, "text-generation");
    tokenizers.save(folder_);
    save_generation_settings(folder_, {.eos_ends_documents = documents == Documents::end_with_eos});
    return Generator(folder_, cpu_backend());
  }
};

TEST_F(GeneratorTest, streams_the_text_that_it_returns) {
  const Generator generator = open();
  std::vector<std::string> streamed(3);
  const auto texts =
      generator.generate("ab", {.max_tokens = 15, .samples = 3}, 0, [&](Index sample, auto text) {
        streamed[static_cast<std::size_t>(sample)] += text;
        return true;
      });
  ASSERT_EQ(texts.size(), 3u);
  for (std::size_t s = 0; s < 3; ++s) {
    EXPECT_EQ(texts[s].text, streamed[s]);
    EXPECT_EQ(texts[s].finish_reason, FinishReason::length);
    EXPECT_EQ(texts[s].tokens.size(), 15u);
  }
  EXPECT_NE(texts[0].text, texts[1].text);
}

TEST_F(GeneratorTest, writes_the_same_for_the_same_seed_and_prompt) {
  const Generator generator = open();
  const auto write = [&](std::uint32_t seed, std::uint64_t number) {
    return generator.generate("ab", {.max_tokens = 15, .seed = seed}, number).front().text;
  };
  EXPECT_EQ(write(1, 0), write(1, 0));
  EXPECT_NE(write(1, 0), write(2, 0));
  EXPECT_NE(write(1, 0), write(1, 1));
}

TEST_F(GeneratorTest, ends_at_the_context_or_slides_beyond_it) {
  const Generator generator = open();
  // The last token that is written is not read.
  EXPECT_EQ(generator.generate("abcd", {.max_tokens = 100}).front().tokens.size(), 21u);
  EXPECT_EQ(generator.generate("abcd", {.max_tokens = 100, .slide = true}).front().tokens.size(), 100u);
}

TEST_F(GeneratorTest, refuses_a_prompt_that_is_longer_than_the_context_unless_it_slides) {
  const Generator generator = open();
  const std::string prompt(30, 'a');
  EXPECT_THROW(generator.generate(prompt, {.max_tokens = 5}), ConfigError);
  EXPECT_EQ(generator.generate(prompt, {.max_tokens = 5, .slide = true}).front().tokens.size(), 5u);
}

TEST_F(GeneratorTest, ends_before_a_stop_text) {
  const Generator generator = open();
  const std::string whole = generator.generate("ab", {.max_tokens = 20}).front().text;
  const std::string stop = whole.substr(5, 2);
  const GeneratedText text = generator.generate("ab", {.max_tokens = 20, .stop = {stop}}).front();
  EXPECT_EQ(text.text, whole.substr(0, whole.find(stop)));
  EXPECT_EQ(text.finish_reason, FinishReason::stop);
}

TEST_F(GeneratorTest, ends_at_once_when_its_observer_says_so) {
  const Generator generator = open();
  Index pieces = 0;
  const auto texts = generator.generate("ab", {.max_tokens = 20, .samples = 2}, 0,
                                        [&](Index, std::string_view) { return ++pieces < 5; });
  EXPECT_EQ(pieces, 5);
  for (const GeneratedText& text : texts) EXPECT_EQ(text.finish_reason, FinishReason::cancelled);
}

TEST_F(GeneratorTest, writes_nothing_for_no_tokens) {
  const auto texts = open().generate("ab", {.max_tokens = 0, .samples = 2});
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0].text, "");
  EXPECT_EQ(texts[0].finish_reason, FinishReason::length);
}

TEST_F(GeneratorTest, writes_the_likeliest_text_with_a_beam) {
  const Generator generator = open();
  const GeneratedText greedy = generator.generate("ab", {.max_tokens = 6, .top_k = 1}).front(),
                      best = generator.generate("ab", {.max_tokens = 6, .beam = 8}).front();
  EXPECT_GE(best.log_probability, greedy.log_probability);
  EXPECT_EQ(generator.generate("ab", {.max_tokens = 6, .beam = 1}).front().text, greedy.text);
}

TEST_F(GeneratorTest, never_ends_a_text_with_an_eos_that_it_has_not_learned) {
  EXPECT_EQ(open(Documents::are_one, 500).generate("a", {.max_tokens = 400}).front().tokens.size(), 400u);
  EXPECT_EQ(open(Documents::end_with_eos, 500).generate("a", {.max_tokens = 400}).front().finish_reason,
            FinishReason::eos);
}

TEST_F(GeneratorTest, scores_each_token_given_those_before_it) {
  const Generator generator = open();
  const ScoredText scored = generator.score("abcba");
  ASSERT_EQ(scored.token_log_probability.size(), 5u);
  EXPECT_TRUE(std::isnan(scored.token_log_probability[0]));  // nothing is before it
  EXPECT_EQ(scored.predicted, 4);
  EXPECT_EQ(scored.bytes, 5);
  // What is drawn has the probability that it is scored with.
  const GeneratedText drawn = generator.generate("ab", {.max_tokens = 3}).front();
  const ScoredText of_drawn = generator.score("ab" + drawn.text);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(of_drawn.token_log_probability[i + 2], drawn.token_log_probability[i], 1e-4);
}

TEST_F(GeneratorTest, scores_a_document_with_its_beginning_and_its_end) {
  const ScoredText scored = open(Documents::end_with_eos).score("ab");
  EXPECT_EQ(scored.tokens, (std::vector<std::string>{"a", "b", "</s>"}));
  EXPECT_EQ(scored.predicted, 3);
  EXPECT_NEAR(scored.perplexity(), std::exp(-scored.log_probability / 3), 1e-9);
}

TEST_F(GeneratorTest, scores_texts_that_are_longer_than_the_context_in_windows) {
  const Generator generator = open();
  std::string text;
  for (int i = 0; i < 60; ++i) text += static_cast<char>('a' + i * i % 13);
  const ScoredText side_by_side = generator.score(text), overlapping = generator.score(text, true);
  EXPECT_EQ(side_by_side.predicted, 59);
  EXPECT_EQ(overlapping.predicted, 59);
  // A second window begins after 24 predictions: with the token before it alone, or with half a context.
  const ScoredText from_there = generator.score(text.substr(24));
  EXPECT_NEAR(side_by_side.token_log_probability[25], from_there.token_log_probability[1], 1e-4);
  const ScoredText with_half = generator.score(text.substr(12));
  EXPECT_NEAR(overlapping.token_log_probability[30], with_half.token_log_probability[18], 1e-4);
}

TEST_F(GeneratorTest, shows_what_every_head_looks_at_and_what_could_have_come_next) {
  std::vector<Tensor> weights;
  const Inspection seen =
      inspect(open(), "abcd",
              {.likely = 3, .weights = [&](std::string_view, const Tensor& w) { weights.push_back(w); }});
  EXPECT_EQ(seen.target_inputs, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(seen.target_tokens, (std::vector<std::string>{"b", "c", "d"}));
  ASSERT_EQ(seen.layers.size(), 2u);
  EXPECT_EQ(seen.layers[1].name, "decoder.layers.1.self_attention");
  ASSERT_EQ(weights[1].shape(), (Shape{2, 3, 3}));
  EXPECT_EQ(weights[1].data()[0], 1);  // the first token sees itself alone
  EXPECT_EQ(weights[1].data()[1], 0);
  ASSERT_EQ(seen.likely.size(), 3u);
  for (const auto& at_place : seen.likely) {
    ASSERT_EQ(at_place.size(), 3u);
    EXPECT_GE(at_place[0].log_probability, at_place[1].log_probability);
    EXPECT_GE(at_place[1].log_probability, at_place[2].log_probability);
  }
}

TEST_F(GeneratorTest, reports_what_each_token_looks_at_to_predict_the_next) {
  for (const Documents documents : {Documents::are_one, Documents::end_with_eos}) {
    const Generator generator = open(documents);
    const AttentionReport report = attention_report(generator, "abcd");
    const std::size_t count = documents == Documents::are_one ? 3 : 4;
    EXPECT_EQ(report.target_inputs.front(), documents == Documents::are_one ? "a" : "</s>");
    EXPECT_EQ(report.target_tokens.back(), "d");
    ASSERT_EQ(report.target_tokens.size(), count);
    ASSERT_EQ(report.token_log_probabilities.size(), count);
    const ScoredText scored = generator.score("abcd");
    EXPECT_EQ(report.token_log_probabilities.back(), scored.token_log_probability[3]);
    // The page refuses maps whose rows do not add up to 1, or that do not fit the tokens.
    EXPECT_FALSE(attention_page(report).empty());
  }
  EXPECT_THROW(attention_report(open(), "a"), DataError);
}

TEST_F(GeneratorTest, reads_unknown_characters_and_names_them) {
  const Generator generator = open();
  EXPECT_EQ(generator.unknown_parts("aXbY"), (std::vector<std::string>{"X", "Y"}));
  EXPECT_EQ(generator.generate("aXbY", {.max_tokens = 4}).front().tokens.size(), 4u);
  EXPECT_THROW(generator.generate("\xff", {}), DataError);
}

TEST_F(GeneratorTest, begins_a_document_without_a_prompt) {
  EXPECT_EQ(open().generate("", {.max_tokens = 4}).front().tokens.size(), 4u);
}

}  // namespace
}  // namespace heed
