#include "heed/corpus/report/fluency_report.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "heed/base/parallel.h"
#include "heed/corpus/report/cross_fitted_model.h"
#include "heed/corpus/report/fluency_histogram.h"
#include "heed/ngram/estimation.h"
#include "heed/ngram/fluency.h"
#include "tests/corpus/filters/judged.h"

namespace heed {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

NgramModel model_of(const Texts& texts, Index order = 3, bool smooth = true) {
  NgramCounter counter(order);
  for (const std::string& text : texts) counter.add(text);
  CountedNgrams counted = std::move(counter).finish();
  return smooth ? kneser_ney(std::move(counted)).model : unsmoothed(std::move(counted));
}

NamedCorpus corpus_of(const std::vector<TextPair>& pairs) {
  return {"corpus", [pairs] { return std::make_unique<PairsInMemory>(pairs); }};
}

DataReport report_of(const std::vector<TextPair>& pairs, const FluencyOptions& options) {
  const NamedCorpus corpus = corpus_of(pairs);
  DataReport report = report_on(corpus, {}, {}, [](Index) {});
  report_fluency(report, corpus, options, [](std::string_view, Index) {});
  return report;
}

/// What a model says about the sources of pairs.
DataReport::Fluency by_model(const std::vector<TextPair>& pairs, NgramModel model) {
  const DataReport report =
      report_of(pairs, {.source = {.name = "a.arpa", .model = std::move(model)}, .target = {}});
  EXPECT_FALSE(report.target.fluency);
  return report.source.fluency.value();
}

/// Sentences of a small grammar, no two of which are the same.
std::vector<TextPair> sentences(int count) {
  const Texts who{"the dog", "a man", "the woman", "a child", "the cat"},
      what{"sees", "follows", "likes", "hears"}, where{"at home", "in the park", "on the street"};
  std::vector<TextPair> pairs;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    pairs.push_back({who[i % 5] + " " + what[i / 5 % 4] + " " + who[i / 20 % 5] + " " + where[i / 100 % 3],
                     "Satz " + std::to_string(i)});
  return pairs;
}

const Texts learned{"a dog runs", "a dog sleeps", "the cat runs", "the dog eats a fish"};

TEST(FluencyReport, gives_the_numbers_of_the_model) {
  const Texts texts{"a dog eats", "cat the the", "a zebra", "the dog runs"};
  std::vector<TextPair> pairs;
  for (const std::string& text : texts) pairs.push_back({text, "x"});
  const NgramModel model = model_of(learned);
  FluencyScore all;
  for (const std::string& text : texts) all.add(fluency(model, text));

  const DataReport::Fluency found = by_model(pairs, model_of(learned));
  EXPECT_EQ(found.model, "a.arpa");
  EXPECT_EQ(found.order, 3);
  EXPECT_EQ(found.sentences, 4);
  EXPECT_EQ(found.words, all.words);
  EXPECT_EQ(found.unknown, 1);
  EXPECT_EQ(found.impossible, 0);
  EXPECT_DOUBLE_EQ(found.perplexity, all.perplexity());
  EXPECT_DOUBLE_EQ(found.perplexity_of_known, all.perplexity_of_known());
  ASSERT_EQ(found.least_fluent.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    const DataReport::Fluency::Sentence& sentence = found.least_fluent[i];
    EXPECT_DOUBLE_EQ(sentence.log10_perplexity,
                     -fluency(model, sentence.text).per_word() / std::numbers::ln10);
    EXPECT_EQ(sentence.where,
              "memory:" + std::to_string(std::ranges::find(texts, sentence.text) - texts.begin() + 1));
    EXPECT_LE(sentence.log10_perplexity, found.least_fluent[i == 0 ? 0 : i - 1].log10_perplexity);
  }
  EXPECT_DOUBLE_EQ(found.log10_perplexities.largest, found.least_fluent[0].log10_perplexity);
}

TEST(FluencyReport, shows_what_is_least_like_the_rest_without_a_model) {
  std::vector<TextPair> pairs = sentences(300);
  pairs[137].source = "qwx street zzz the man at";
  const DataReport report = report_of(pairs, {.source = {}, .target = {}, .learn = true});
  const DataReport::Fluency& source = report.source.fluency.value();
  EXPECT_EQ(source.model, "");
  EXPECT_EQ(source.sentences, 300);
  EXPECT_GT(source.learned_words, 1800);
  ASSERT_EQ(source.least_fluent.size(), 10u);
  EXPECT_EQ(source.least_fluent[0].where, "memory:138");
  EXPECT_EQ(source.least_fluent[0].other_side, "Satz 137");
  EXPECT_EQ(source.least_fluent[0].unknown, 2);
  EXPECT_GT(source.least_fluent[0].log10_perplexity, source.least_fluent[1].log10_perplexity + 0.5);
  EXPECT_EQ(report.target.fluency.value().sentences, 300);
}

TEST(FluencyReport, learns_only_the_sides_that_have_no_model) {
  const DataReport report =
      report_of(sentences(100),
                {.source = {.name = "a.arpa", .model = model_of(learned)}, .target = {}, .learn = true});
  EXPECT_EQ(report.source.fluency.value().model, "a.arpa");
  EXPECT_EQ(report.source.fluency->learned_words, 0);
  EXPECT_EQ(report.target.fluency.value().model, "");
  EXPECT_EQ(report.target.fluency->learned_words, 200);
}

TEST(CrossFittedModel, scores_nothing_by_a_model_that_saw_it) {
  CrossFittedModel model;
  Texts texts;
  for (int i = 0; i < 100; ++i) texts.push_back("word" + std::to_string(i));
  for (int times = 0; times < 3; ++times)
    for (const std::string& text : texts) model.add(text);
  model.finish();
  ASSERT_TRUE(model.ready());
  EXPECT_EQ(model.words(), 300);
  for (const std::string& text : texts) EXPECT_EQ(model.score(text).unknown, 1) << text;
}

TEST(CrossFittedModel, scores_as_a_model_of_the_other_half) {
  CrossFittedModel model;
  Texts halves[2];
  const std::vector<TextPair> pairs = sentences(200);
  for (const TextPair& pair : pairs) model.add(pair.source);
  model.finish();
  for (const TextPair& pair : pairs)
    halves[std::hash<std::string_view>()(pair.source) & 1].push_back(pair.source);
  for (const std::size_t half : {0u, 1u}) {
    const NgramModel other = model_of(halves[1 - half]);
    for (const std::string& text : halves[half])
      EXPECT_DOUBLE_EQ(model.score(text).log_probability, fluency(other, text).log_probability);
  }
}

TEST(CrossFittedModel, learns_from_a_share) {
  CrossFittedModel model(0.25);
  for (int i = 0; i < 10000; ++i) model.add("one " + std::to_string(i));
  model.finish();
  EXPECT_NEAR(static_cast<double>(model.words()), 5000, 500);
}

TEST(FluencyReport, scores_readable_pairs_only) {
  std::vector<TextPair> pairs = sentences(50);
  pairs.push_back({"", "leer"});
  pairs.push_back({"  \t ", "leer"});
  pairs.push_back({"not \xFF utf-8", "x"});
  pairs.push_back({"no target", ""});
  const DataReport report = report_of(pairs, {.source = {}, .target = {}, .learn = true});
  EXPECT_EQ(report.source.fluency.value().sentences, 50);
  EXPECT_EQ(report.target.fluency.value().sentences, 50);
}

TEST(FluencyReport, shows_a_sentence_that_repeats_once_by_its_first_place) {
  std::vector<TextPair> pairs(50, {"zebra zebra", "x"});
  pairs.insert(pairs.begin(), {"a dog runs", "y"});
  const DataReport::Fluency found = by_model(pairs, model_of(learned));
  EXPECT_EQ(found.sentences, 51);
  ASSERT_EQ(found.least_fluent.size(), 2u);
  EXPECT_EQ(found.least_fluent[0].where, "memory:2");
}

TEST(FluencyReport, takes_a_model_that_knows_none_of_the_words) {
  const DataReport::Fluency found = by_model({{"eins zwei", "x"}, {"drei", "y"}}, model_of(learned));
  EXPECT_EQ(found.unknown, 3);
  EXPECT_EQ(found.words, 3);
  EXPECT_TRUE(std::isfinite(found.perplexity));
  EXPECT_TRUE(std::isfinite(found.perplexity_of_known));  // that of the sentences' ends
}

TEST(FluencyReport, says_what_is_impossible) {
  const DataReport report = report_of({{"zebra", "x"}, {"a dog runs", "y"}},
                                      {.source = {.name = "m", .model = model_of(learned, 3, false)}});
  const DataReport::Fluency& found = report.source.fluency.value();
  EXPECT_EQ(found.impossible, 1);
  EXPECT_EQ(found.log10_perplexities.above, 1);
  EXPECT_TRUE(std::isinf(found.least_fluent.at(0).log10_perplexity));
  const json written = json::parse(data_report_json(report))["source"]["fluency"];
  EXPECT_EQ(written["perplexity"], nullptr);
  EXPECT_EQ(written["least_fluent"][0]["log10_perplexity"], nullptr);
  EXPECT_NE(data_report_text(report).find("perplexity infinite"), std::string::npos);
}

TEST(FluencyReport, of_nothing_and_of_too_little_is_a_report) {
  for (const auto& pairs : {std::vector<TextPair>{}, std::vector<TextPair>(9, {"the same", "dasselbe"})}) {
    const DataReport report = report_of(pairs, {.source = {}, .target = {}, .learn = true});
    EXPECT_EQ(report.source.fluency.value().sentences, 0);
    EXPECT_TRUE(report.source.fluency->least_fluent.empty());
    EXPECT_NE(data_report_text(report).find("too few different sentences"), std::string::npos);
  }
  EXPECT_EQ(by_model({}, model_of(learned)).sentences, 0);
}

TEST(FluencyReport, does_not_stumble_over_marks_and_long_lines) {
  std::vector<TextPair> pairs = sentences(50);
  pairs.push_back({"<s> </s> <unk>", "x"});
  pairs.push_back({std::string(3'000'000, 'x'), "x"});
  std::string many;
  for (int i = 0; i < 300'000; ++i) many += "\xE2\x82\xAC ";
  pairs.push_back({many, "x"});
  const DataReport report = report_of(pairs, {.source = {}, .target = {}, .learn = true});
  EXPECT_EQ(report.source.fluency.value().sentences, 53);
  for (const auto& sentence : report.source.fluency->least_fluent) EXPECT_LT(sentence.text.size(), 620u);
  EXPECT_LT(data_report_text(report).size(), 10'000u);
}

TEST(FluencyReport, is_the_same_with_any_number_of_threads) {
  const int threads = thread_count();
  const FluencyOptions options{.source = {}, .target = {}, .learn = true};
  set_thread_count(1);
  const std::string one = data_report_json(report_of(sentences(300), options));
  set_thread_count(3);
  EXPECT_EQ(data_report_json(report_of(sentences(300), options)), one);
  set_thread_count(threads);
}

TEST(FluencyReport, is_null_unless_it_is_asked_for) {
  const json written = json::parse(data_report_json(report_of(sentences(3), {})));
  EXPECT_EQ(written["source"]["fluency"], nullptr);
}

TEST(FluencyHistogram, has_ten_bins_to_a_power_of_ten_and_counts_everything) {
  FluencyHistogram perplexities;
  for (const double log : {1.25, 1.27, 2.91, 12.0, -0.5, std::numeric_limits<double>::infinity()})
    perplexities.add(log);
  const Histogram histogram = perplexities.histogram();
  ASSERT_EQ(histogram.counts.size(), 20u);
  EXPECT_EQ(histogram.edges.front(), 1);
  EXPECT_EQ(histogram.edges.back(), 3);
  EXPECT_EQ(histogram.counts[2], 2);
  EXPECT_EQ(histogram.counts[19], 1);
  EXPECT_EQ(histogram.below, 1);
  EXPECT_EQ(histogram.above, 2);
  EXPECT_NEAR(histogram.median, 1.275, 0.01);
  EXPECT_EQ(histogram.largest, 12);
}

}  // namespace
}  // namespace heed
