#include "heed/service/steering.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "heed/text/byte_tokenizer.h"
#include "heed/text/character_tokenizer.h"
#include "heed/text/whitespace_tokenizer.h"
#include "tests/service/translators.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

SearchConstraints of_prefix(const std::string& prefix, const Tokenizer& tokenizer) {
  return constraints_for({.prefix = prefix}, {}, tokenizer, "line 1");
}

TEST(TheSteering, cuts_a_prefix_into_whole_words_and_the_text_that_goes_on) {
  const WhitespaceTokenizer words("<pad>\n<s>\n</s>\n<unk>\nthe\nred\nreddish\n", BpeJoining::keep, "words");
  EXPECT_EQ(of_prefix("the red", words).prefix, (std::vector<Index>{4}));
  EXPECT_EQ(of_prefix("the red", words).continuation, " red");
  EXPECT_EQ(of_prefix("the red ", words).prefix, (std::vector<Index>{4, 5}));
  EXPECT_EQ(of_prefix("the red ", words).continuation, " ");
  const ByteTokenizer bytes;
  EXPECT_EQ(of_prefix("a bc", bytes).prefix, bytes.encode("a"));
  EXPECT_EQ(of_prefix("a bc", bytes).continuation, " bc");
  EXPECT_EQ(of_prefix("a ", bytes).continuation, " ");
}

TEST(TheSteering, has_each_term_once) {
  const Steering steering{.terms = {"Köter", " Katze ", ""},
                          .glossary = std::make_shared<Glossary>(
                              std::vector<GlossaryEntry>{{"dog", "Köter"}, {"horse", "Ross"}})};
  const auto terms = terms_for("a dog, a horse", steering);
  ASSERT_EQ(terms.size(), 3u);
  EXPECT_EQ(terms[0].target, "Köter");
  EXPECT_EQ(terms[1].target, "Katze");
  EXPECT_EQ(terms[2].source, "horse");
}

TEST(TheSteering, refuses_what_the_vocabulary_does_not_hold) {
  const CharacterTokenizer characters("U+0020\nU+0061\n", "characters");
  EXPECT_EQ(message_of<DataError>([&] { of_prefix("a z", characters); }),
            "line 1: the prefix 'a z': the model's vocabulary does not hold 'z'; give another spelling");
  EXPECT_THROW(of_prefix("\xFF", characters), DataError);
}

class SteeredTranslator : public WithTranslator {
 protected:
  static DecodingConfig config() {
    DecodingConfig config;
    config.maximum_extra_length = 20;
    return config;
  }
  static Translation best(const Translator& translator, const std::string& line, const Steering& steering,
                          const DecodingConfig& config = SteeredTranslator::config()) {
    return translator.translate({&line, 1}, config, {}, {&steering, 1})[0].translations.front();
  }
};

const std::string line = "the lazy dog jumps";

TEST_F(SteeredTranslator, begins_with_the_prefix_in_the_middle_of_a_word_too) {
  const Translator translator = open();
  for (const std::string prefix : {"der schnelle br", "der", "der ", "Übung ma", "zwei \u00e4q"}) {
    const std::string text = best(translator, line, {.prefix = prefix}).text;
    EXPECT_TRUE(text.starts_with(prefix.substr(0, prefix.find_last_not_of(' ') + 1)))
        << prefix << ": " << text;
  }
}

TEST_F(SteeredTranslator, writes_the_terms_and_says_so) {
  const Translator translator = open();
  const Steering steering{.terms = {"braune Fuchs", "sieben"}};
  const Translation found = best(translator, line, steering);
  ASSERT_EQ(found.terms.size(), 2u);
  for (const TermOutcome& term : found.terms) {
    EXPECT_TRUE(term.met) << term.target;
    EXPECT_TRUE(has_phrase(found.text, term.target)) << found.text;
  }
}

TEST_F(SteeredTranslator, says_which_terms_found_no_room) {
  DecodingConfig tight = config();
  tight.maximum_extra_length = 1;
  const Translation found =
      best(open(), "fox", {.terms = {"der schnelle braune Fuchs springt zwei drei vier"}}, tight);
  ASSERT_EQ(found.terms.size(), 1u);
  EXPECT_FALSE(found.terms[0].met);
  EXPECT_FALSE(found.complete);
}

TEST_F(SteeredTranslator, never_writes_a_suppressed_word) {
  const Translator translator = open();
  Steering steering;
  // Whatever it writes next, the last word of it is suppressed, too, without bytes that are no character.
  for (int round = 0; round < 5; ++round) {
    const std::string text = best(translator, line, steering).text;
    const auto words = words_between_spaces(text);
    for (const std::string& suppressed : steering.suppressed)
      EXPECT_FALSE(has_phrase(text, suppressed)) << text;
    if (words.empty()) break;
    const std::string last = text.substr(static_cast<std::size_t>(words.back().begin));
    const std::size_t broken = last.rfind("\uFFFD");
    const std::string whole = broken == last.npos ? last : last.substr(broken + 3);
    if (whole.empty()) break;
    steering.suppressed.push_back(whole);
  }
  EXPECT_FALSE(steering.suppressed.empty());
}

TEST_F(SteeredTranslator, gives_a_line_the_same_whatever_is_asked_of_others) {
  const Translator translator = open();
  const std::vector<std::string> lines{"the lazy dog", "fox", "one two three four five", "how much wood",
                                       "the lazy dog"};
  const auto glossary = std::make_shared<Glossary>(std::vector<GlossaryEntry>{{"two", "zwei"}});
  const std::vector<Steering> steering{
      {.prefix = "der sch"}, {}, {.glossary = glossary}, {.terms = {"Meister"}, .suppressed = {"fox"}}, {}};
  DecodingConfig all = config();
  all.n_best = 2, all.no_repeat_ngrams = 3, all.repetition_penalty = 1.1, all.minimum_length = 4;
  all.coverage_penalty = 0.2, all.avoid_degenerate = true, all.alignments = true;
  for (const DecodingConfig& way : {config(), all}) {
    const auto together = translator.translate(lines, way, {}, steering);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto alone = translator.translate({&lines[i], 1}, way, {{i}}, {&steering[i], 1})[0];
      ASSERT_EQ(alone.translations.size(), together[i].translations.size());
      for (std::size_t n = 0; n < alone.translations.size(); ++n) {
        const Translation &x = alone.translations[n], &y = together[i].translations[n];
        EXPECT_EQ(x.text, y.text) << "line " << i;
        EXPECT_EQ(x.score, y.score) << "line " << i;
        EXPECT_EQ(x.token_log_probability, y.token_log_probability) << "line " << i;
        EXPECT_EQ(x.words.pharaoh(), y.words.pharaoh()) << "line " << i;
      }
    }
    const auto plain = translator.translate(lines, way);
    EXPECT_EQ(plain[1].translations[0].text, together[1].translations[0].text);
    EXPECT_EQ(plain[1].translations[0].score, together[1].translations[0].score);
  }
}

TEST_F(SteeredTranslator, gives_alternatives_behind_a_prefix) {
  const Translator translator = open();
  DecodingConfig several = config();
  several.n_best = 4, several.alternatives = true;
  for (const std::string prefix : {"der schnelle ", "der schnelle b"}) {
    const Steering steering{.prefix = prefix};
    const auto found = translator.translate({&line, 1}, several, {}, {&steering, 1})[0].translations;
    // Few pieces begin with a b.
    EXPECT_GE(found.size(), prefix.ends_with(' ') ? 4u : 2u);
    for (const Translation& t : found) EXPECT_TRUE(t.text.starts_with(prefix)) << t.text;
  }
}

TEST_F(SteeredTranslator, links_words_by_bytes_of_both_lines) {
  const Translator translator = open();
  DecodingConfig aligned = config();
  aligned.alignments = true;
  const std::string text = "the  lazy 🦊 dog";
  const Translation found = translator.translate({&text, 1}, aligned)[0].translations.front();
  ASSERT_EQ(found.token_spans.size(), found.ids.size());
  EXPECT_FALSE(found.words.links.empty());
  EXPECT_EQ(found.words.source_words, words_between_spaces(text));
  for (const auto& [source, target] : found.words.links) {
    EXPECT_LT(source, 4);
    EXPECT_LT(target, std::ssize(found.words.target_words));
  }
}

TEST_F(SteeredTranslator, links_words_of_a_line_in_parts_where_they_stand) {
  TransformerConfig few = sizes();
  few.maximum_positions = 16;
  const Translator translator = open(few);
  DecodingConfig aligned = config();
  aligned.alignments = true;
  const std::string text = words(20);
  const TranslatedLine found = translator.translate({&text, 1}, aligned)[0];
  ASSERT_GT(found.parts, 1);
  const Translation& whole = found.translations.front();
  ASSERT_FALSE(whole.token_links.empty());
  const auto& [target, source] = whole.token_links.back();
  EXPECT_GT(source.begin, std::ssize(text) / 2);
  EXPECT_LE(source.end, std::ssize(text));
  EXPECT_LE(target.end, std::ssize(whole.text));
  EXPECT_EQ(translator.align("the dog", "der Fuchs").source_words.size(), 2u);
}

TEST_F(SteeredTranslator, refuses_a_prefix_for_a_line_that_is_too_long_to_be_one_piece) {
  TransformerConfig few = sizes();
  few.maximum_positions = 16;
  const Translator translator = open(few);
  EXPECT_EQ(message_of<DataError>([&] { best(translator, words(30), {.prefix = "der"}); }),
            "line 1: too long to be translated in one piece, as a prefix and terms want it; split it into "
            "sentences");
}

TEST_F(SteeredTranslator, takes_the_next_translation_for_a_loop) {
  const Translator translator = open();
  DecodingConfig careful = config();
  careful.avoid_degenerate = true, careful.n_best = 5;
  for (const std::string& text : {std::string("fox"), line, words(12)}) {
    const auto found = translator.translate({&text, 1}, careful)[0].translations;
    const auto worse = [](const Translation& t) { return t.degeneration != Degeneration::none; };
    EXPECT_TRUE(std::ranges::is_partitioned(found, [&](const Translation& t) { return !worse(t); }));
  }
}

class AnEnsemble : public SteeredTranslator {};

TEST_F(AnEnsemble, of_a_model_with_itself_translates_as_the_model_does) {
  open();
  const std::vector<std::filesystem::path> twice{folder_};
  const Translator one(folder_, cpu_backend()), two(folder_, cpu_backend(), std::nullopt, twice);
  const std::vector<std::string> lines{line, "fox", words(9)};
  const auto alone = one.translate(lines, config()), together = two.translate(lines, config());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(alone[i].translations[0].text, together[i].translations[0].text);
    EXPECT_NEAR(alone[i].translations[0].score, together[i].translations[0].score, 1e-4);
  }
}

TEST_F(AnEnsemble, refuses_a_model_with_another_target_vocabulary) {
  const std::filesystem::path first = folder_ / "first";
  open();
  std::filesystem::create_directories(first);
  for (const auto& entry : std::filesystem::directory_iterator(folder_))
    if (entry.is_regular_file()) std::filesystem::copy(entry.path(), first / entry.path().filename());
  open(sizes(), TokenizerKind::bpe);
  const std::vector<std::filesystem::path> other{folder_};
  EXPECT_EQ(message_of<CheckpointError>([&] { Translator(first, cpu_backend(), std::nullopt, other); }),
            folder_.string() + ": its target vocabulary is not that of " + first.string() +
                "; the models of an ensemble write the same tokens: train them with one tokenizer");
}

}  // namespace
}  // namespace heed
