#include "heed/corpus/report/data_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "heed/base/parallel.h"
#include "heed/corpus/report/data_reporter.h"
#include "heed/corpus/report/reservoir.h"
#include "tests/corpus/filters/judged.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

using nlohmann::json;

NamedCorpus corpus_of(std::string name, std::vector<TextPair> pairs) {
  return {std::move(name), [pairs] { return std::make_unique<PairsInMemory>(pairs); }};
}

DataReport report_of(const std::vector<TextPair>& pairs, const std::vector<NamedCorpus>& held_out = {},
                     const DataReportOptions& options = {}) {
  return report_on(corpus_of("corpus", pairs), held_out, options, [](Index) {});
}

const DataReport::Filter& filter(const DataReport& report, std::string_view name) {
  return *std::ranges::find(report.filters, name, &DataReport::Filter::name);
}

/// Pairs that differ, the first of them twice more often each.
std::vector<TextPair> numbered(int count) {
  std::vector<TextPair> pairs;
  for (int i = 0; i < count; ++i)
    pairs.push_back({"this is sentence " + std::to_string(i), "das ist Satz " + std::to_string(i)});
  return pairs;
}

TEST(DataReport, counts_what_goes_in_and_what_comes_out) {
  std::vector<TextPair> pairs = numbered(100);
  pairs.push_back(pairs[0]);
  pairs.push_back({"", "leer"});
  pairs.push_back({"the year 1999", "das Jahr 1998"});
  const DataReport report = report_of(pairs);
  EXPECT_EQ(report.read, 103);
  EXPECT_EQ(report.kept, 101);
  EXPECT_EQ(report.dropped, 2);
  EXPECT_EQ(report.flagged, 1);
  EXPECT_EQ(filter(report, "repeats").dropped, 1);
  EXPECT_EQ(filter(report, "empty").dropped, 1);
  EXPECT_EQ(filter(report, "numbers").flagged, 1);
  EXPECT_EQ(filter(report, "numbers").examples.at(0).where, "memory:103");
  EXPECT_EQ(report.source.words, 4 * 101 + 3);
}

TEST(DataReport, says_what_a_filter_drops_alone) {
  const std::string ruler(30, '=');
  const DataReport report = report_of({{ruler, "a"}, {ruler, "a"}, {"b", "c"}, {"b", "c"}});
  EXPECT_EQ(filter(report, "symbols").dropped, 2);
  EXPECT_EQ(filter(report, "symbols").dropped_alone, 1);
  EXPECT_EQ(filter(report, "repeats").dropped, 2);
  EXPECT_EQ(filter(report, "repeats").dropped_alone, 1);
  EXPECT_EQ(report.dropped, 3);
}

TEST(DataReport, shows_ten_examples_of_many_in_order_and_the_same_for_a_seed) {
  std::vector<TextPair> pairs = numbered(500);
  for (TextPair& pair : pairs) pair.target = "Satz 77777";
  const DataReport report = report_of(pairs);
  const auto& examples = filter(report, "numbers").examples;
  ASSERT_EQ(examples.size(), 10u);
  const auto line = [](const DataReport::Example& e) {
    return std::stoi(e.where.substr(e.where.find(':') + 1));
  };
  for (std::size_t i = 1; i < examples.size(); ++i) EXPECT_LT(line(examples[i - 1]), line(examples[i]));
  EXPECT_GT(line(examples.back()), 100);
  EXPECT_EQ(data_report_json(report), data_report_json(report_of(pairs)));
  EXPECT_NE(data_report_json(report), data_report_json(report_of(pairs, {}, {.seed = 2})));
}

TEST(DataReport, is_the_same_with_any_number_of_threads) {
  const int threads = thread_count();
  const auto pairs = numbered(5000);
  set_thread_count(1);
  const std::string one = data_report_json(report_of(pairs));
  set_thread_count(3);
  EXPECT_EQ(data_report_json(report_of(pairs)), one);
  set_thread_count(threads);
}

TEST(DataReport, counts_lengths_ratios_and_scripts) {
  const DataReport report = report_of({{"abcd", "ab"}, {"abcd", "abcdefgh"}, {"abc абв", "x"}});
  EXPECT_EQ(report.source.lengths.median, 4);
  EXPECT_EQ(report.source.lengths.largest, 7);
  EXPECT_EQ(report.ratios.largest, 1);
  EXPECT_EQ(report.ratios.counts.at(24), 1);  // half as long
  EXPECT_EQ(report.ratios.counts.at(40), 1);  // twice as long
  ASSERT_EQ(report.source.scripts.size(), 2u);
  EXPECT_EQ(report.source.scripts[0].name, "Latin");
  EXPECT_EQ(report.source.scripts[1].letters, 3);
}

TEST(DataReport, guesses_the_language_of_each_side) {
  std::vector<TextPair> pairs;
  for (int i = 0; i < 100; ++i)
    pairs.push_back({"the dog and the man are walking along the street number " + std::to_string(i),
                     "der Hund und der Mann gehen auf der Straße entlang, Nummer " + std::to_string(i)});
  const DataReport report = report_of(pairs);
  EXPECT_EQ(report.source.languages.at(0).code, "en");
  EXPECT_EQ(report.target.languages.at(0).code, "de");
}

TEST(DataReport, finds_test_sets_in_the_corpus) {
  const std::vector<TextPair> test{{"This is sentence 3!", "Das ist Satz 3."},
                                   {"this is sentence 4", "etwas anderes"},
                                   {"not there", "nicht da"}};
  const DataReport report = report_of(numbered(10), {corpus_of("test", test)});
  ASSERT_EQ(report.overlaps.size(), 1u);
  const DataReport::Overlap& overlap = report.overlaps[0];
  EXPECT_EQ(overlap.name, "test");
  EXPECT_EQ(overlap.pairs, 3);
  EXPECT_EQ(overlap.seen_pairs, 1);
  EXPECT_EQ(overlap.seen_sources, 2);
  EXPECT_EQ(overlap.seen_targets, 1);
  EXPECT_EQ(overlap.examples.at(0).where, "memory:4");
  EXPECT_EQ(filter(report, "overlap").dropped, 1);
  EXPECT_EQ(filter(report, "overlap").flagged, 1);
}

TEST(DataReport, of_nothing_is_a_report) {
  const DataReport report = report_of({});
  EXPECT_EQ(report.read, 0);
  EXPECT_TRUE(report.source.lengths.counts.empty());
  EXPECT_TRUE(json::parse(data_report_json(report))["filters"].is_array());
  EXPECT_NE(data_report_text(report).find("0 pairs read"), std::string::npos);
}

TEST(DataReport, cuts_long_texts_between_characters) {
  std::string text = "x";
  for (int i = 0; i < 5000; ++i) text += "€";
  const DataReport report = report_of({{text, "kurz"}});
  const std::string& shown = filter(report, "lengths").examples.at(0).source;
  EXPECT_LT(shown.size(), 620u);
  EXPECT_TRUE(shown.ends_with("€ …")) << shown;
}

class DataReportOfFiles : public WithFiles {};

TEST_F(DataReportOfFiles, shows_the_lines_around_the_place_where_they_part) {
  std::string source, target;
  for (int i = 0; i < 400; ++i) {
    const std::string number = std::to_string(1000 + 37 * i);
    source += "house number " + number + "\n";
    if (i != 250) target += "Hausnummer " + number + "\n";
  }
  const auto alignment = report_alignment(file("en", source), file("de", target));
  const Index first = alignment.drift.first_line();
  EXPECT_NEAR(static_cast<double>(first), 251, 1);
  EXPECT_EQ(alignment.drift.source_lines, 400);
  EXPECT_EQ(alignment.drift.target_lines, 399);
  ASSERT_EQ(alignment.around.size(), 8u);
  EXPECT_EQ(alignment.around[3].number, first);
  EXPECT_EQ(alignment.around[3].source, "house number " + std::to_string(1000 + 37 * (first - 1)));
}

TEST(Reservoir, gives_each_the_same_chance) {
  std::vector<int> chosen(50);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Reservoir<int> reservoir(10, seed, 0);
    for (int i = 0; i < 50; ++i) reservoir.offer([&] { return i; });
    EXPECT_EQ(reservoir.count(), 50u);
    for (const int i : reservoir.take()) ++chosen[static_cast<std::size_t>(i)];
  }
  for (const int count : chosen) EXPECT_NEAR(count, 400, 100);  // standard deviation 18
}

TEST(CountingHistogram, has_round_bins_and_counts_everything) {
  CountingHistogram lengths(1000);
  for (Index i = 0; i < 200; ++i) lengths.add(i);
  lengths.add(5000);
  const Histogram histogram = lengths.histogram(20);
  EXPECT_EQ(histogram.edges.at(1), 10);
  EXPECT_EQ(histogram.counts.at(3), 10);
  EXPECT_EQ(histogram.median, 100);
  EXPECT_EQ(histogram.largest, 5000);
  Index all = histogram.above;
  for (const Index count : histogram.counts) all += count;
  EXPECT_EQ(all, 201);
}

}  // namespace
}  // namespace heed
