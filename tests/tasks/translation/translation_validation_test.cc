#include "heed/tasks/translation/translation_validation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "heed/backend/reference/reference_backend.h"
#include "heed/decoding/scoring.h"
#include "heed/text/whitespace_tokenizer.h"
#include "tests/model/tiny_model.h"

namespace heed {
namespace {

/// Three words beside the special tokens: the vocabulary of tiny_config().
Tokenizers words() {
  Tokenizers tokenizers;
  tokenizers.source = tokenizers.target = std::make_shared<const WhitespaceTokenizer>(
      "<pad>\n<s>\n</s>\n<unk>\na\nb\nc\n", BpeJoining::keep, "test");
  return tokenizers;
}

Transformer model() {
  VariedParameters start(3);
  return Transformer(tiny_config(), start, ParameterStore::Purpose::training);
}

const std::vector<TextPair> pairs{{"a b", "c"}, {"a b c a b", "b"}, {"", "b"}, {"c", "a a"}};

TEST(TheValidationSet, leaves_out_of_texts_and_examples_what_is_empty_or_too_long) {
  const ValidationSet set = make_validation_set(pairs, words(), 4);
  ASSERT_EQ(set.pairs.size(), 2u);
  ASSERT_EQ(set.examples.size(), 2);
  EXPECT_EQ(set.pairs[1].source, "c");
  EXPECT_EQ(set.examples.sequence(1, 0), (std::vector<std::int32_t>{6, special::eos}));
  EXPECT_EQ(set.examples.sequence(1, 1), (std::vector<std::int32_t>{4, 4, special::eos}));
}

TEST(TranslationQualities, are_those_of_the_translations_of_the_set) {
  const Transformer transformer = model();
  const ValidationSet set = make_validation_set(pairs, words(), 10);
  const TranslationQuality quality =
      validate(transformer, reference_backend(), words(), set, {.beam = 2, .samples = 2});
  double sum = 0;
  Index tokens = 0;
  const auto scores = score(transformer, reference_backend(), {{4, 5, 2}, {4, 5, 6, 4, 5, 2}, {6, 2}},
                            {{6, 2}, {5, 2}, {4, 4, 2}}, special::bos);
  for (const auto& sentence : scores)
    for (const float log_probability : sentence) sum -= static_cast<double>(log_probability), ++tokens;
  // Float sums of some ten terms through the model, in batches of other sizes.
  EXPECT_NEAR(quality.loss, sum / static_cast<double>(tokens), 1e-4);
  EXPECT_DOUBLE_EQ(quality.perplexity, std::exp(quality.loss));
  ASSERT_EQ(quality.samples.size(), 2u);
  EXPECT_EQ(quality.samples[0].source, "a b");
  ASSERT_EQ(quality.by_length.size(), 1u);
  EXPECT_EQ(quality.by_length[0].sentences, 3);
}

TEST(TranslationQualities, of_a_model_whose_scores_are_no_numbers_are_none) {
  const Transformer transformer = model();
  parameter_of(transformer.store(), "decoder.output.bias").value().data()[0] = NAN;
  const Validation validation =
      validate(transformer, reference_backend(), words(), make_validation_set(pairs, words(), 10), {})
          .validation();
  for (const char* name : {"loss", "perplexity", "bleu", "chrf", "exact_match"})
    EXPECT_TRUE(std::isnan(validation.value(name))) << name;
}

TEST(TranslationQualities, tell_the_trainer_their_measures_samples_and_groups) {
  TranslationQuality quality;
  quality.loss = 1.5, quality.perplexity = 4.5, quality.bleu = 30, quality.chrf = 50,
  quality.exact_match = 10;
  quality.samples = {{"source", "reference", "translation"}};
  quality.by_length = {{.from = 2, .to = 5, .sentences = 20, .bleu = 31, .chrf = 51}};
  const Validation told = quality.validation();
  EXPECT_EQ(measures_text(told.measures),
            "loss 1.5000  perplexity 4.50  BLEU 30.00  chrF 50.00  exact match 10.0");
  for (const Measure& measure : told.measures)
    EXPECT_EQ(measure.better == Better::lower, measure.name == "loss" || measure.name == "perplexity")
        << measure.name;
  ASSERT_EQ(told.samples.size(), 1u);
  EXPECT_EQ(told.samples[0].parts[2], (std::pair<std::string, std::string>("translation", "translation")));
  ASSERT_EQ(told.by_length.size(), 1u);
  EXPECT_EQ(told.by_length[0].examples, 20);
  EXPECT_EQ(measures_text(told.by_length[0].measures), "BLEU 31.00  chrF 51.00");
}

}  // namespace
}  // namespace heed
