#include "heed/service/translator.h"

#include <gtest/gtest.h>

#include "heed/base/files.h"
#include "heed/base/random.h"
#include "heed/checkpoint/source_lengths.h"
#include "heed/text/unicode.h"
#include "tests/service/translators.h"

namespace heed {
namespace {

class TheTranslator : public WithTranslator {
 protected:
  static DecodingConfig short_answers() {
    DecodingConfig config;
    config.maximum_extra_length = 6;
    return config;
  }
  static std::string text_of(const TranslatedLine& line) { return line.translations.front().text; }
};

void expect_equal(const TranslatedLine& a, const TranslatedLine& b, const std::string& what) {
  EXPECT_EQ(a.parts, b.parts) << what;
  ASSERT_EQ(a.translations.size(), b.translations.size()) << what;
  for (std::size_t n = 0; n < a.translations.size(); ++n) {
    const Translation &x = a.translations[n], &y = b.translations[n];
    EXPECT_EQ(x.text, y.text) << what;
    EXPECT_EQ(x.score, y.score) << what;
    EXPECT_EQ(x.log_probability, y.log_probability) << what;
    EXPECT_EQ(x.tokens, y.tokens) << what;
    EXPECT_EQ(x.token_log_probability, y.token_log_probability) << what;
  }
}

/// A model that divides long lines soon.
TransformerConfig few_positions(TransformerConfig config) {
  config.maximum_positions = 64;
  return config;
}

/// Short and long lines, empty ones, one in several parts and one of other scripts.
std::vector<std::string> mixed_lines() {
  return {"the lazy dog",
          "",
          "fox",
          words(100),
          "Übung macht den Meister, sagt man.",
          "   ",
          words(20),
          "日本語のテキスト 🦊",
          "a",
          "the lazy dog"};
}

TEST_F(TheTranslator, gives_line_by_line_what_it_gives_in_batches) {
  const Translator translator = open(few_positions(sizes()));
  const std::vector<std::string> lines = mixed_lines();
  std::vector<DecodingConfig> ways(4, short_answers());
  ways[0].beam = 1;
  ways[1].beam = 5, ways[1].n_best = 5;
  ways[2].sample = true, ways[2].n_best = 3, ways[2].seed = 7;
  ways[3].sample = true, ways[3].top_k = 20, ways[3].top_p = 0.9, ways[3].temperature = 0.7;
  for (std::size_t way = 0; way < ways.size(); ++way) {
    const auto together = translator.translate(lines, ways[way]);
    ASSERT_EQ(together.size(), lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i)
      expect_equal(translator.translate(std::span(lines).subspan(i, 1), ways[way], {{i}}).front(),
                   together[i], message("way ", way, ", line ", i + 1));
  }
}

TEST_F(TheTranslator, gives_the_same_whatever_is_batched) {
  const Translator translator = open(few_positions(sizes()));
  const std::vector<std::string> lines = mixed_lines();
  DecodingConfig small = short_answers();
  small.decoding_batch_tokens = 1;
  const auto one_by_one = translator.translate(lines, small),
             together = translator.translate(lines, short_answers());
  for (std::size_t i = 0; i < lines.size(); ++i)
    expect_equal(one_by_one[i], together[i], message("line ", i + 1));
}

TEST_F(TheTranslator, leaves_one_text_of_a_small_model_to_one_thread) {
  EXPECT_EQ(open().threads_for_one(8), 1);
}

TEST_F(TheTranslator, draws_anew_for_each_line_and_seed) {
  const Translator translator = open();
  DecodingConfig config = short_answers();
  config.sample = true;
  const std::vector<std::string> lines{"the lazy dog", "the lazy dog"};
  const auto first = translator.translate(lines, config);
  config.seed = 2;
  const auto second = translator.translate(lines, config);
  EXPECT_NE(text_of(first[0]), text_of(first[1]));
  EXPECT_NE(text_of(first[0]), text_of(second[0]));
}

TEST_F(TheTranslator, leaves_empty_lines_empty) {
  const Translator translator = open();
  const std::vector<std::string> lines{"", " \t ", ""};
  const auto results = translator.translate(lines, short_answers());
  ASSERT_EQ(results.size(), 3u);
  for (const TranslatedLine& line : results) {
    ASSERT_EQ(line.translations.size(), 1u);
    EXPECT_EQ(text_of(line), "");
    EXPECT_EQ(line.parts, 1);
  }
  EXPECT_TRUE(translator.translate({}, short_answers()).empty());
}

TEST_F(TheTranslator, translates_a_line_of_10000_words_in_parts) {
  TransformerConfig small = sizes();
  small.width = 8, small.hidden = 8, small.encoder_layers = small.decoder_layers = 1;
  const Translator translator = open(small);
  DecodingConfig config;
  config.beam = 1, config.maximum_extra_length = 1;
  const std::vector<std::string> lines{words(10000), "fox"};
  const auto results = translator.translate(lines, config);
  const auto tokens = std::ssize(translator.encode_source(lines[0]));
  EXPECT_GE(results[0].parts, tokens / translator.longest_source());
  EXPECT_LE(results[0].parts, 4 * tokens / translator.longest_source());
  EXPECT_EQ(results[1].parts, 1);
  expect_equal(results[1], translator.translate(std::span(lines).subspan(1), config)[0], "a short neighbor");
}

TEST_F(TheTranslator, joins_the_translations_of_parts) {
  TransformerConfig config = sizes();
  config.maximum_positions = 30;
  const Translator translator = open(config);
  EXPECT_EQ(translator.longest_source(), 29);
  const std::string line = "fox dog two nine fox fox dog two. one two three four five six seven eight nine";
  const auto [head, tail] = halves(line);
  const std::vector<std::string> whole{line}, parts{head, tail};
  const TranslatedLine joined = translator.translate(whole, short_answers())[0];
  const auto apart = translator.translate(parts, short_answers());
  ASSERT_EQ(joined.parts, 2);
  EXPECT_EQ(text_of(joined), text_of(apart[0]) + ' ' + text_of(apart[1]));
  EXPECT_EQ(joined.translations[0].score, apart[0].translations[0].score + apart[1].translations[0].score);
  EXPECT_EQ(joined.translations[0].tokens.size(),
            apart[0].translations[0].tokens.size() + apart[1].translations[0].tokens.size());
}

TEST_F(TheTranslator, never_goes_beyond_the_positions_it_knows) {
  TransformerConfig config = sizes();
  config.maximum_positions = 8;
  const Translator translator = open(config);
  const std::vector<std::string> lines{words(50), "🦊🦊🦊🦊🦊🦊🦊🦊", "日本語のテキスト"};
  for (const TranslatedLine& line : translator.translate(lines, {})) EXPECT_GT(line.parts, 1);
}

TEST_F(TheTranslator, names_line_and_byte_of_what_is_not_utf8) {
  const Translator translator = open();
  const std::vector<std::string> lines{"fox", "the \xC3 dog"};
  EXPECT_EQ(message_of<DataError>([&] {
              translator.translate(lines, {}, std::vector<std::uint64_t>{40, 41});
            }),
            "line 42: byte 5 is not UTF-8; convert the text first (iconv -f latin1 -t utf8, say)");
  EXPECT_EQ(message_of<DataError>([&] { translator.score(lines, lines, 40); }),
            "source line 42: byte 5 is not UTF-8; convert the text first (iconv -f latin1 -t utf8, say)");
}

TEST_F(TheTranslator, takes_any_characters) {
  const Translator translator = open();
  const std::vector<std::string> lines{std::string("a\0b", 3), "\x01\x7F\x1B[31m", "▁▅ \xEF\xBF\xBD",
                                       "\xEF\xBB\xBF", "\xE2\x80\x8F\xE2\x80\x8B"};
  EXPECT_EQ(translator.translate(lines, short_answers()).size(), lines.size());
}

TEST_F(TheTranslator, scores_a_translation_as_the_search_did) {
  // Of words, so that a translation's text leads back to its tokens.
  const Translator translator = open(sizes(), TokenizerKind::whitespace);
  const std::vector<std::string> lines{"the lazy dog", words(30), "Fuchs"};
  std::size_t complete = 0;
  for (const bool sample : {false, true}) {
    DecodingConfig config;
    config.n_best = 5, config.sample = sample;
    const auto found = translator.translate(lines, config);
    for (std::size_t i = 0; i < lines.size(); ++i)
      for (const Translation& t : found[i].translations) {
        const std::vector<std::string> source{lines[i]}, target{t.text};
        const std::vector<float> scores = translator.score(source, target)[0];
        // One that was cut off has no EOS.
        ASSERT_EQ(scores.size(), t.token_log_probability.size() + (t.complete ? 0 : 1));
        // One step a token or all at once: sums in another order.
        for (std::size_t n = 0; n < t.token_log_probability.size(); ++n)
          EXPECT_NEAR(scores[n], t.token_log_probability[n], 1e-4f);
        complete += t.complete;
      }
  }
  EXPECT_GE(complete, 3u);
}

TEST_F(TheTranslator, scores_each_line_as_if_it_were_alone) {
  const Translator translator = open();
  std::vector<std::string> sources, targets;
  for (Index i = 0; i < 40; ++i) {
    sources.push_back(words(1 + i * 7 % 90));
    targets.push_back(i == 5 ? "" : words(1 + i * 11 % 300));
  }
  const auto together = translator.score(sources, targets);
  ASSERT_EQ(together.size(), sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i)
    EXPECT_EQ(translator.score(std::span(sources).subspan(i, 1), std::span(targets).subspan(i, 1))[0],
              together[i])
        << i;
}

TEST_F(TheTranslator, refuses_to_score_what_is_longer_than_its_positions) {
  TransformerConfig config = sizes();
  config.maximum_positions = 16;
  const Translator translator = open(config);
  const std::vector<std::string> short_line{"fox", "fox"}, long_line{"fox", words(30)};
  const std::string source = message_of<DataError>([&] { translator.score(long_line, short_line); }),
                    target = message_of<DataError>([&] { translator.score(short_line, long_line); });
  EXPECT_TRUE(source.starts_with("source line 2 has ")) << source;
  EXPECT_TRUE(target.starts_with("target line 2 has ")) << target;
  EXPECT_NE(target.find("the model knows 16 positions; split it into sentences"), std::string::npos)
      << target;
  EXPECT_THROW(translator.score(short_line, std::span(long_line).subspan(1)), DataError);
}

TEST_F(TheTranslator, refuses_tokenizers_of_another_model) {
  open();
  TransformerConfig config = sizes();
  config.source_vocabulary = config.target_vocabulary = 77;
  VariedParameters start(1);
  save_model(folder_, Transformer(config, start, ParameterStore::Purpose::inference), "translation");
  const std::string said = message_of<CheckpointError>([&] { Translator(folder_, cpu_backend()); });
  EXPECT_NE(said.find("the model has 77 and 77 pieces, its tokenizers "), std::string::npos) << said;
  std::filesystem::remove(folder_ / "tokenizer.json");
  EXPECT_EQ(message_of<FileError>([&] { Translator(folder_, cpu_backend()); }),
            (folder_ / "tokenizer.json").string() +
                ": is missing, so that the model cannot read text; was its whole folder copied?");
}

TEST(Halves, are_cut_at_the_end_of_a_sentence_or_word_near_the_middle) {
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(halves("one two. three four five"), Pair("one two.", " three four five"));
  EXPECT_EQ(halves("a. bb cc dd ee ff gg"), Pair("a. bb cc dd", " ee ff gg"));
  EXPECT_EQ(halves("abcdef"), Pair("abc", "def"));
}

TEST(Halves, never_cut_a_character_and_lose_nothing) {
  constexpr std::array<std::string_view, 7> characters{"a", " ", ".", "é", "語", "🦊", "!"};
  Random random(5);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::uint32_t left = 2 + random.below(12); left > 0; --left) text += characters[random.below(7)];
    const auto [head, tail] = halves(text);
    ASSERT_EQ(head + tail, text);
    ASSERT_FALSE(head.empty()) << text;
    ASSERT_FALSE(tail.empty()) << text;
    ASSERT_FALSE(first_invalid_utf8(head)) << text;
    ASSERT_FALSE(first_invalid_utf8(tail)) << text;
  }
}

class SeveralSentences : public TheTranslator {
 protected:
  /// A translator that has learned from sources of so many tokens.
  Translator used_to(Index tokens) const {
    open();
    save_source_lengths(folder_, {.usual = tokens});
    return Translator(folder_, cpu_backend());
  }
  static TranslatedLine translated(const Translator& translator, const std::string& line,
                                   const DecodingConfig& config = short_answers()) {
    return translator.translate(std::vector{line}, config).front();
  }

  const std::string first = "The lazy dog jumps over the fox.", second = "How much wood!", third = "Fuchs?";
};

TEST_F(SeveralSentences, that_are_longer_than_what_was_learned_from_are_translated_one_by_one) {
  const Translator translator = used_to(12);
  ASSERT_GT(std::ssize(translator.encode_source(first + "  " + second)), 12);
  const TranslatedLine line = translated(translator, first + "  " + second + " " + third);
  EXPECT_EQ(line.sentences, 3);
  EXPECT_EQ(line.parts, 3);
  const auto alone = [&](const std::string& text) { return text_of(translated(translator, text)); };
  EXPECT_EQ(text_of(line), alone(first) + "  " + alone(second) + " " + alone(third));
}

TEST_F(SeveralSentences, are_taken_whole_where_that_is_asked_for_or_nothing_is_known) {
  const std::string text = first + " " + second;
  DecodingConfig whole = short_answers();
  whole.split = false;
  const TranslatedLine expected = translated(used_to(0), text);
  EXPECT_EQ(expected.sentences, 1);
  expect_equal(translated(used_to(12), text, whole), expected, "no split");
  expect_equal(translated(used_to(200), text), expected, "no longer than usual");
}

TEST_F(SeveralSentences, without_an_end_stay_one) {
  EXPECT_EQ(translated(used_to(4), "the lazy dog jumps over the quick brown fox").sentences, 1);
}

TEST_F(SeveralSentences, of_too_many_tokens_are_halved_as_well) {
  open(few_positions(sizes()));
  save_source_lengths(folder_, {.usual = 10});
  const TranslatedLine line = translated(Translator(folder_, cpu_backend()), words(100) + ". " + first);
  EXPECT_EQ(line.sentences, 2);
  EXPECT_GT(line.parts, 2);
}

TEST_F(SeveralSentences, are_not_taken_from_a_file_that_is_damaged) {
  open();
  write_file(folder_ / "source_lengths.json", "{\"usual\": -3}");
  EXPECT_THROW(Translator(folder_, cpu_backend()), CheckpointError);
}

}  // namespace
}  // namespace heed
