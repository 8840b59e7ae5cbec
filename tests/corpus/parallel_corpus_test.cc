#include "heed/corpus/parallel_corpus.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"
#include "tests/support/shared_data.h"

namespace heed {
namespace {

using Lines = std::vector<std::string>;

class ParallelCorpusOf : public WithFiles {
 protected:
  /// The message of the error that reading ends with.
  template <class Read>
  static std::string complaint(const Read& read) {
    try {
      read();
    } catch (const DataError& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(ParallelCorpusOf, two_files_pairs_their_lines) {
  const auto corpus = read_parallel(file("en", "a dog\na cat\n"), file("de", gzip("ein Hund\neine Katze")));
  ASSERT_EQ(corpus.pairs.size(), 2u);
  EXPECT_EQ(corpus.pairs[1].source, "a cat");
  EXPECT_EQ(corpus.pairs[1].target, "eine Katze");
  EXPECT_EQ(corpus.report.lines(), Lines{"2 pairs read, 2 kept"});
}

TEST_F(ParallelCorpusOf, two_files_of_different_length_names_both_counts) {
  const auto en = file("en", "a\nb\nc\n"), de = file("de", "a\n");
  EXPECT_NE(complaint([&] { read_parallel(en, de); }).find("de have 3 and 1 lines"), std::string::npos);
  EXPECT_NE(complaint([&] { read_parallel(de, en); }).find("en have 1 and 3 lines"), std::string::npos);
}

TEST_F(ParallelCorpusOf, two_files_of_different_length_names_the_line_where_they_part) {
  std::string en, de;
  for (int i = 0; i < 100; ++i) {
    en += "house number " + std::to_string(1000 + 37 * i) + "\n";
    if (i != 50) de += "Hausnummer " + std::to_string(1000 + 37 * i) + "\n";
  }
  const std::string why = complaint([&] { read_parallel(file("en", en), file("de", de)); });
  EXPECT_NE(why.find("; from line 5"), std::string::npos) << why;
  EXPECT_NE(why.find("belong to line n - 1 of "), std::string::npos) << why;
}

TEST_F(ParallelCorpusOf, two_files_counts_empty_sides) {
  const auto corpus = read_parallel(file("en", "a\n\n \nd\n"), file("de", "a\nb\n\t\n \n"));
  EXPECT_EQ(corpus.report.empty_source, 2);
  EXPECT_EQ(corpus.report.empty_target, 1);
  EXPECT_EQ(corpus.report.lines(), (Lines{"4 pairs read, 1 kept", "2 pairs skipped: the source side is empty",
                                          "1 pair skipped: the target side is empty"}));
}

TEST_F(ParallelCorpusOf, two_files_counts_sides_of_which_nothing_is_to_be_seen) {
  const std::vector<std::string> blanks{"\u00A0",           "\u3000",       "\u200B", "\uFEFF",
                                        "\u2028",           "\u200C\u200D", "\u00AD", "\u2060",
                                        " \u00A0\t\u3000 ", "\u3164",       "\u0085"};
  std::string en, de;
  for (const std::string& blank : blanks) {
    en += blank + "\n" + "a\n";
    de += "b\n" + blank + "\n";
  }
  const auto count = std::ssize(blanks);
  const auto report = read_parallel(file("en", "x\n" + en), file("de", "y\n" + de)).report;
  EXPECT_EQ(report.empty_source, count);
  EXPECT_EQ(report.empty_target, count);
  EXPECT_EQ(report.kept, 1);
}

TEST_F(ParallelCorpusOf, malformed_utf8_names_file_line_and_byte) {
  const auto en = file("en", "good\nb\xC3\n"), de = file("de", "gut\nschlecht\n");
  const std::string why = complaint([&] { read_parallel(en, de); });
  EXPECT_TRUE(why.starts_with(en.string() + ":2:2: not UTF-8: 'b\\xC3'")) << why;
}

TEST_F(ParallelCorpusOf, malformed_utf8_can_be_skipped_and_counted) {
  const auto corpus = read_parallel(file("en", "a\nb\xC3\nc\nd\xFF\n"), file("de", "a\nb\n\xFF\n\xFF\n"),
                                    {.skip_invalid = true});
  EXPECT_EQ(corpus.pairs.size(), 1u);
  EXPECT_EQ(corpus.report.invalid, 3);
  EXPECT_EQ(corpus.report.lines()[1],
            "3 pairs skipped: not UTF-8, first at " + (folder_ / "en").string() + ":2:2");
}

TEST_F(ParallelCorpusOf, a_table_takes_the_columns_asked_for) {
  const auto path = file("t.tsv", "one\teins\tun\r\ntwo\tzwei\tdeux\n\n");
  EXPECT_EQ(read_tsv(path).pairs[0].target, "eins");
  const auto french = read_tsv(path, {.source_column = 3, .target_column = 1});
  EXPECT_EQ(french.pairs[1].source, "deux");
  EXPECT_EQ(french.pairs[1].target, "two");
  EXPECT_EQ(french.report.empty_source, 1);
}

TEST_F(ParallelCorpusOf, a_table_without_the_columns_names_the_line) {
  const auto path = file("t.tsv", "one\teins\ntwo zwei\n");
  const std::string why = complaint([&] { read_tsv(path); });
  EXPECT_TRUE(why.starts_with(path.string() + ":2: 1 column, but column 2")) << why;
  EXPECT_THROW(read_tsv(path, {.target_column = 1}), ConfigError);
  EXPECT_THROW(read_tsv(path, {.source_column = 2}), ConfigError);
}

TEST_F(ParallelCorpusOf, a_table_finds_malformed_utf8_too) {
  const auto path = file("t.tsv", "one\teins\nt\xFFo\tzwei\n");
  const std::string why = complaint([&] { read_tsv(path); });
  EXPECT_TRUE(why.starts_with(path.string() + ":2:2: not UTF-8")) << why;
  EXPECT_EQ(read_tsv(path, {.skip_invalid = true}).report.invalid, 1);
}

TEST_F(ParallelCorpusOf, missing_files_is_refused) {
  EXPECT_THROW(read_parallel(folder_ / "no", file("de", "a\n")), FileError);
  EXPECT_THROW(read_parallel("-", "-"), ConfigError);
  EXPECT_THROW(read_tsv(folder_ / "no"), FileError);
}

TEST(Multi30k, reads_whole) {
  const SharedData folder("multi30k/raw");
  if (!folder.here()) GTEST_SKIP() << folder.missing();
  const auto corpus = read_parallel(folder / "train.en.gz", folder / "train.de.gz");
  EXPECT_EQ(corpus.report.lines(), Lines{"29000 pairs read, 29000 kept"});
  EXPECT_EQ(corpus.pairs.front().source, "Two young, White males are outside near many bushes.");
}

}  // namespace
}  // namespace heed
