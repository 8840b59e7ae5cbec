#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "heed/base/error.h"
#include "heed/base/parallel.h"
#include "heed/base/version.h"
#include "heed/metrics/bleu.h"
#include "heed/metrics/chrf.h"
#include "heed/metrics/exact_match.h"
#include "heed/metrics/ter.h"

namespace heed {
namespace {

using Lines = std::vector<std::string>;

// Published small vectors of sacreBLEU's own tests.
const Lines dog{"The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."};
const References dog_references{
    {"The dog bit the man.", "It was not unexpected.", "The man bit him first."},
    {"The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."}};

double dog_bleu(BleuTokenization tokenization) {
  return bleu(dog, dog_references, {.tokenization = tokenization}).score;
}

TEST(Bleu, has_the_published_values_of_each_tokenization) {
  EXPECT_NEAR(dog_bleu(BleuTokenization::mteval_13a), 48.530827, 1e-6);
  EXPECT_NEAR(dog_bleu(BleuTokenization::none), 49.1919566, 1e-6);
  EXPECT_NEAR(dog_bleu(BleuTokenization::intl), 43.91623493, 1e-6);
}

TEST(Bleu, of_the_reference_itself_is_100) { EXPECT_NEAR(bleu(dog, {dog}).score, 100, 1e-12); }

TEST(Bleu, says_what_it_was_computed_with) {
  const BleuScore score = bleu(dog, dog_references,
                               {.tokenization = BleuTokenization::intl,
                                .smoothing = BleuSmoothing::floor,
                                .lowercase = true,
                                .effective_order = true});
  EXPECT_EQ(score.signature(),
            "nrefs:2|case:lc|eff:yes|tok:intl|smooth:floor[0.10]|version:heed-" + std::string(version()));
}

TEST(Bleu, of_a_short_sentence_needs_the_effective_order) {
  const Lines hypothesis{"A dog"};
  EXPECT_NEAR(bleu(hypothesis, {hypothesis}, {.effective_order = true}).score, 100, 1e-12);
  EXPECT_EQ(bleu(hypothesis, {hypothesis}).score, 0);
}

TEST(Bleu, of_empty_hypotheses_is_zero) {
  const BleuScore score = bleu(Lines{""}, {{"A dog"}});
  EXPECT_EQ(score.text(), "BLEU = 0.00 0.0/0.0/0.0/0.0 (BP = 0.000 ratio = 0.000 hyp_len = 0 ref_len = 2)");
}

TEST(Bleu, tokenizes_numbers_entities_and_marks) {
  EXPECT_EQ(bleu_tokenize("It costs &lt;$1,000.50&gt; - or 3-4.", BleuTokenization::mteval_13a),
            "It costs < $ 1,000.50 > - or 3 - 4 .");
  EXPECT_EQ(bleu_tokenize("«Straße», 1,5 €!", BleuTokenization::intl), "« Straße » , 1,5 € !");
}

TEST(Chrf, has_the_published_values) {
  const Lines hypothesis{
      "risk assessment must be made of those who are qualified and expertise in the sector - these are the "
      "scientists ."};
  const References reference{
      {"risk assessment has to be undertaken by those who are qualified and expert in that area - that is "
       "the "
       "scientists ."}};
  EXPECT_NEAR(chrf(hypothesis, reference, {.beta = 3, .epsilon_smoothing = true}).score, 63.361730, 1e-6);
  EXPECT_NEAR(chrf(Lines{"a b c"}, {{"abc"}}, {.beta = 3, .epsilon_smoothing = true}).score, 50, 1e-9);
  EXPECT_NEAR(chrf(Lines{"a b c"}, {{"abc"}}, {.beta = 3}).score, 100, 1e-9);
}

TEST(Chrf, is_named_after_beta_and_word_order) {
  EXPECT_EQ(chrf(dog, {dog}, chrf_plus_plus).text(), "chrF2++ = 100.00");
  EXPECT_EQ(chrf(dog, {dog}, {.beta = 3}).name(), "chrF3");
}

TEST(Ter, counts_a_shift_of_a_run_as_one_edit) {
  const TerScore score = ter(Lines{"d e f g h a b c"}, {{"a b c d e f g h"}});
  EXPECT_EQ(score.edits, 1);
  EXPECT_EQ(score.text(), "TER = 12.50");
}

TEST(Ter, takes_empty_sides) {
  EXPECT_EQ(ter(Lines{""}, {{"a b"}}).score, 100);
  EXPECT_EQ(ter(Lines{"a b"}, {{""}}).score, 100);
  EXPECT_EQ(ter(Lines{""}, {{""}}).score, 0);
}

TEST(ExactMatch, accepts_any_reference_and_white_space_at_the_end) {
  const Lines hypotheses{"eins ", "Zwei", "drei"};
  const References references{{"eins", "zwei", "3"}, {"1", "2", "drei\r"}};
  EXPECT_EQ(exact_match(hypotheses, references).text(), "exact = 66.67 (2 of 3)");
  EXPECT_EQ(exact_match(hypotheses, references, {.lowercase = true}).matches, 3);
}

TEST(Scores, do_not_depend_on_the_number_of_threads) {
  Lines hypotheses, reference;
  for (int i = 0; i < 500; ++i) {
    hypotheses.push_back(dog[static_cast<std::size_t>(i) % 3]);
    reference.push_back(dog_references[0][static_cast<std::size_t>(i) % 2]);
  }
  const auto all = [&] {
    return std::vector{bleu(hypotheses, {reference}).score, chrf(hypotheses, {reference}).score,
                       ter(hypotheses, {reference}).score};
  };
  const int threads = thread_count();
  set_thread_count(1);
  const auto alone = all();
  set_thread_count(4);
  EXPECT_EQ(all(), alone);
  set_thread_count(threads);
}

template <class E, class Run>
std::string complaint(const Run& run) {
  try {
    run();
  } catch (const E& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(Scores, refuse_streams_of_other_lengths_naming_the_line) {
  EXPECT_EQ(
      complaint<DataError>([] {
        bleu(dog, {dog, {"one"}});
      }),
      "bleu: 3 hypotheses meet 1 lines of reference 2; line 2 has no counterpart: give both one line for "
      "each segment");
}

TEST(Scores, refuse_text_that_is_not_utf8_naming_the_line) {
  EXPECT_EQ(complaint<DataError>([] {
              ter(Lines{"a", "b\xff"}, {{"a", "b"}});
            }),
            "ter: hypotheses, line 2: byte 2 is not UTF-8; convert the text to UTF-8");
  EXPECT_EQ(complaint<DataError>([] {
              chrf(Lines{"a"}, {{"a"}, {"\xed\xa0\x80"}});
            }),
            "chrf: reference 2, line 1: byte 1 is not UTF-8; convert the text to UTF-8");
}

TEST(Scores, refuse_nothing_to_compare) {
  EXPECT_THROW(bleu(Lines{}, {Lines{}}), DataError);
  EXPECT_THROW(exact_match(dog, {}), DataError);
}

TEST(Scores, refuse_settings_without_meaning) {
  EXPECT_THROW(bleu(dog, {dog}, {.orders = 0}), ConfigError);
  EXPECT_THROW(chrf(dog, {dog}, {.character_order = 0}), ConfigError);
  EXPECT_THROW(chrf(dog, {dog}, {.beta = -1}), ConfigError);
}

}  // namespace
}  // namespace heed
