#include "heed/corpus/split.h"

#include "heed/corpus/corpus_options.h"
#include "heed/corpus/filters/held_out_pairs.h"
#include "heed/text/loose_form.h"

#include <gtest/gtest.h>

#include <set>

namespace heed {
namespace {

/// 3,000 pairs of 1,000 sources, each with three translations.
ParallelCorpus repetitive_corpus() {
  ParallelCorpus corpus;
  for (int i = 0; i < 3000; ++i)
    corpus.pairs.push_back({"source " + std::to_string(i % 1000), "target " + std::to_string(i)});
  corpus.report.read = corpus.report.kept = 3000;
  return corpus;
}

std::set<std::string> sources(const std::vector<TextPair>& pairs) {
  std::set<std::string> found;
  for (const TextPair& pair : pairs) found.insert(pair.source);
  return found;
}

TEST(Split, has_no_source_sentence_in_two_parts_and_loses_none) {
  const CorpusSplit parts = split(repetitive_corpus(), 200, 250, 1);
  const auto train = sources(parts.train), valid = sources(parts.valid), test = sources(parts.test);
  EXPECT_EQ(train.size() + valid.size() + test.size(), 1000u);
  EXPECT_EQ(parts.train.size() + parts.valid.size() + parts.test.size(), 3000u);
}

/// Each source in forms that people do not tell apart.
ParallelCorpus corpus_of_alike_sources() {
  ParallelCorpus corpus;
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(i);
    for (const std::string& source : {"Café " + number, "café " + number + " ", "CAFE\u0301 " + number,
                                      "Café, " + number + "!", "Café\u00A0" + number, "Ｃａｆé " + number})
      corpus.pairs.push_back({source, "target"});
  }
  return corpus;
}

TEST(Split, takes_sources_for_the_same_as_reports_on_overlap_do) {
  const CorpusSplit parts = split(corpus_of_alike_sources(), 200, 250, 1);
  const auto forms = [](const std::vector<TextPair>& pairs) {
    std::set<std::u32string> found;
    for (const TextPair& pair : pairs) found.insert(loose_form(pair.source));
    return found;
  };
  ASSERT_FALSE(parts.valid.empty());
  ASSERT_FALSE(parts.test.empty());
  EXPECT_EQ(forms(parts.train).size() + forms(parts.valid).size() + forms(parts.test).size(), 500u);
  HeldOutPairs held_out;
  for (const auto* part : {&parts.valid, &parts.test})
    for (const TextPair& pair : *part) held_out.add(examine(pair));
  for (const TextPair& pair : parts.train) ASSERT_FALSE(held_out.has_source(examine(pair))) << pair.source;
}

TEST(Split, takes_about_as_many_as_asked_for) {
  const CorpusSplit parts = split(repetitive_corpus(), 200, 250, 1);
  EXPECT_NEAR(static_cast<double>(parts.valid.size()), 200, 80);
  EXPECT_NEAR(static_cast<double>(parts.test.size()), 250, 80);
}

TEST(Split, takes_at_most_about_a_tenth) {
  const CorpusSplit parts = split(repetitive_corpus(), 0, 3000, 1);
  EXPECT_NEAR(static_cast<double>(parts.test.size()), 300, 90);
  EXPECT_TRUE(parts.valid.empty());
}

TEST(Split, follows_from_the_seed) {
  const auto test_of = [](std::uint64_t seed) {
    return sources(split(repetitive_corpus(), 0, 200, seed).test);
  };
  EXPECT_EQ(test_of(7), test_of(7));
  EXPECT_NE(test_of(7), test_of(8));
}

TEST(HoldOut, keeps_the_report_true) {
  ParallelCorpus corpus = repetitive_corpus();
  const ParallelCorpus held = hold_out(corpus, 200, 1);
  EXPECT_EQ(corpus.report.kept, static_cast<Index>(corpus.pairs.size()));
  EXPECT_EQ(held.report.kept, static_cast<Index>(held.pairs.size()));
  EXPECT_EQ(corpus.report.read + held.report.read, 3000);
}

TEST(HoldOut, leaves_something_on_both_sides_of_a_tiny_corpus) {
  ParallelCorpus corpus;
  corpus.pairs = {{"a", "A"}, {"b", "B"}};
  const ParallelCorpus held = hold_out(corpus, 1000, 1);
  EXPECT_EQ(held.pairs.size(), 1u);
  EXPECT_EQ(corpus.pairs.size(), 1u);
}

}  // namespace
}  // namespace heed
