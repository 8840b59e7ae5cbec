#include "heed/corpus/filters/filtered_reader.h"

#include <gtest/gtest.h>

#include "tests/corpus/filters/judged.h"

namespace heed {
namespace {

const std::vector<TextPair> mixed{
    {"a", "b"}, {"", "b"}, {"a", "b"}, {"c\xFF", "d"}, {"e", " "}, {"=============", "f"}, {"g", "h"}};

TEST(FilteredReader, gives_what_no_filter_drops_and_counts_the_rest) {
  FilteredReader reader(std::make_unique<PairsInMemory>(mixed), FilterSet::dropping({}, {}));
  std::string read;
  for (TextPair pair; reader.next(pair);) read += pair.source + "@" + reader.where() + " ";
  EXPECT_EQ(read, "a@memory:1 g@memory:7 ");
  EXPECT_EQ(reader.report().lines(),
            (std::vector<std::string>{
                "7 pairs read, 2 kept", "1 pair skipped: the source side is empty",
                "1 pair skipped: the target side is empty", "1 pair skipped: not UTF-8, first at memory:4",
                "1 pair skipped: a side is mostly neither letters nor digits (filter_symbols)",
                "1 pair skipped: the pair occurred before (filter_repeats)"}));
}

TEST(FilteredReader, counts_every_pair_once_across_blocks) {
  std::vector<TextPair> pairs;
  for (int i = 0; i < 20'000; ++i) pairs.push_back({"source " + std::to_string(i % 15'000), "target"});
  FilteredReader reader(std::make_unique<PairsInMemory>(pairs), FilterSet::dropping({}, {}));
  Index count = 0;
  for (TextPair pair; reader.next(pair);) ++count;
  EXPECT_EQ(count, 15'000);
  EXPECT_EQ(reader.report().read, 20'000);
  EXPECT_EQ(reader.report().skipped(), 5'000);
}

TEST(ApplyFilters, does_to_a_corpus_in_memory_what_the_reader_does) {
  ParallelCorpus corpus;
  corpus.pairs = mixed;
  corpus.report.read = 9;  // two were skipped before
  corpus.report.too_long = 2;
  apply_filters(FilterSet::dropping({}, {}), corpus);
  ASSERT_EQ(corpus.pairs.size(), 2u);
  EXPECT_EQ(corpus.pairs[1].source, "g");
  EXPECT_EQ(corpus.report.read, 9);
  EXPECT_EQ(corpus.report.kept, 2);
  EXPECT_EQ(corpus.report.invalid + corpus.report.empty_source + corpus.report.empty_target, 3);
}

TEST(ApplyFilters, of_an_empty_corpus_is_an_empty_corpus) {
  ParallelCorpus corpus;
  apply_filters(FilterSet::dropping({}, {}), corpus);
  EXPECT_EQ(corpus.report.lines(), std::vector<std::string>{"0 pairs read, 0 kept"});
}

}  // namespace
}  // namespace heed
