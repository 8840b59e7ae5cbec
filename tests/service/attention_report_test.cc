#include "heed/service/attention_report.h"

#include <gtest/gtest.h>

#include "heed/pages/attention_page.h"
#include "tests/service/translators.h"

namespace heed {
namespace {

class TheAttentionReport : public WithTranslator {
 protected:
  static void expect_maps(const AttentionReport::Maps& maps, Index layers, std::size_t queries,
                          std::size_t keys) {
    ASSERT_EQ(std::ssize(maps), layers);
    for (const auto& heads : maps) {
      ASSERT_EQ(std::ssize(heads), 4);
      for (const AttentionReport::Map& map : heads) {
        ASSERT_EQ(map.queries, static_cast<Index>(queries));
        ASSERT_EQ(map.keys, static_cast<Index>(keys));
        for (Index q = 0; q < map.queries; ++q) {
          double sum = 0;
          for (Index k = 0; k < map.keys; ++k)
            sum += static_cast<double>(map.weights[static_cast<std::size_t>(q * map.keys + k)]);
          ASSERT_NEAR(sum, 1, 1e-5);
        }
      }
    }
  }
};

TEST_F(TheAttentionReport, has_a_map_of_each_head_whose_rows_sum_to_one) {
  TransformerConfig config = sizes();
  config.encoder_layers = 3;
  const AttentionReport report = attention_report(open(config), "the lazy dog", "der Fuchs springt", {});
  const std::size_t source = report.source_tokens.size(), target = report.target_tokens.size();
  EXPECT_EQ(report.source_tokens.back(), "</s>");
  EXPECT_EQ(report.target_tokens.back(), "</s>");
  EXPECT_EQ(report.target_inputs.front(), "<s>");
  EXPECT_EQ(report.target_inputs.size(), target);
  expect_maps(report.encoder, 3, source, source);
  expect_maps(report.decoder, 2, target, target);
  expect_maps(report.cross, 2, target, source);
}

TEST_F(TheAttentionReport, shows_that_the_decoder_does_not_look_ahead) {
  const AttentionReport report = attention_report(open(), "the lazy dog", "der Fuchs", {});
  for (const auto& heads : report.decoder)
    for (const AttentionReport::Map& map : heads)
      for (Index q = 0; q < map.queries; ++q)
        for (Index k = q + 1; k < map.keys; ++k)
          EXPECT_EQ(map.weights[static_cast<std::size_t>(q * map.keys + k)], 0);
}

TEST_F(TheAttentionReport, looks_at_the_models_own_translation_unless_one_is_given) {
  const Translator translator = open();
  DecodingConfig config;
  config.maximum_extra_length = 5;
  const std::vector<std::string> line{"the lazy dog"};
  EXPECT_EQ(attention_report(translator, line[0], "", config).translation,
            translator.translate(line, config)[0].translations[0].text);
  EXPECT_EQ(attention_report(translator, line[0], "der Fuchs", config).translation, "der Fuchs");
}

TEST_F(TheAttentionReport, shows_the_tokens_that_the_search_found_and_how_likely_it_found_them) {
  const Translator translator = open();
  DecodingConfig config;
  config.maximum_extra_length = 8;
  config.sample = true;  // a model with random weights draws pieces that no tokenizer would choose
  int cut_anew = 0;
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    config.seed = seed;
    const std::vector<std::string> line{"the lazy dog"};
    const Translation own = translator.translate(line, config)[0].translations[0];
    const AttentionReport report = attention_report(translator, line[0], "", config);
    ASSERT_GE(report.target_tokens.size(), own.tokens.size());
    EXPECT_TRUE(std::equal(own.tokens.begin(), own.tokens.end(), report.target_tokens.begin()));
    for (std::size_t i = 0; i < own.token_log_probability.size(); ++i)
      EXPECT_NEAR(report.token_log_probabilities[i], own.token_log_probability[i], 1e-4);
    cut_anew += translator.tokenizers().target->encode(own.text) != own.ids;
  }
  EXPECT_GT(cut_anew, 0);
}

TEST_F(TheAttentionReport, says_how_likely_each_token_was) {
  const Translator translator = open();
  const std::vector<std::string> source{"the lazy dog"}, target{"der Fuchs"};
  EXPECT_EQ(attention_report(translator, source[0], target[0], {}).token_log_probabilities,
            translator.score(source, target)[0]);
}

TEST_F(TheAttentionReport, holds_the_positional_encoding_where_there_is_one) {
  const AttentionReport report = attention_report(open(), "the lazy dog", "der Fuchs", {});
  EXPECT_EQ(report.width, 32);
  EXPECT_EQ(report.positions, 64);
  EXPECT_EQ(std::ssize(report.positional_encoding), 64 * 32);
  TransformerConfig config = sizes();
  config.positions = PositionKind::none;
  EXPECT_TRUE(attention_report(open(config), "the lazy dog", "der Fuchs", {}).positional_encoding.empty());
}

TEST_F(TheAttentionReport, refuses_text_that_it_cannot_show) {
  TransformerConfig config = sizes();
  config.maximum_positions = 24;
  const Translator translator = open(config);
  const auto said = [&](const std::string& text, const std::string& translation) {
    return message_of<DataError>([&] { attention_report(translator, text, translation, {}); });
  };
  EXPECT_EQ(said("  ", ""), "attention: the text has no words to look at");
  EXPECT_TRUE(said(words(40), "").starts_with("attention: the text has ")) << said(words(40), "");
  EXPECT_TRUE(said("fox", words(40)).starts_with("attention: the translation has "));
  EXPECT_TRUE(said("fox \xFF", "").starts_with("attention: the text: byte 5 is not UTF-8"));
  EXPECT_TRUE(said("fox", "\xFF").starts_with("attention: the translation: byte 1 is not UTF-8"));
}

TEST_F(TheAttentionReport, becomes_a_page) {
  const std::string page = attention_page(attention_report(open(), "the lazy dog", "", {}));
  EXPECT_NE(page.find("<html"), std::string::npos);
}

}  // namespace
}  // namespace heed
