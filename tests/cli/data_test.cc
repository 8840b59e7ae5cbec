#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "heed/base/files.h"
#include "heed/sample/sample_corpus.h"
#include "tests/support/captured_run.h"

namespace heed {
namespace {

TEST(DataCommand, sample_prints_the_corpus_as_a_tsv) {
  const Outcome outcome = run({"data", "sample", "--count", "50", "--target-locale", "ja", "--seed", "3"});
  std::string expected;
  for (const TextPair& pair : sample_corpus({.target_locale = "ja", .count = 50, .seed = 3}))
    expected += pair.source + '\t' + pair.target + '\n';
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, expected);
}

TEST(DataCommand, sample_writes_the_corpus_to_a_file) {
  const auto path =
      std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + "heed_data_test.tsv");
  const Outcome outcome = run({"data", "sample", "--count", "50", "--output", path.string()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(read_file(path), run({"data", "sample", "--count", "50"}).out);
  std::filesystem::remove(path);
}

TEST(DataCommand, sample_of_an_unknown_locale_is_wrong_usage) {
  const Outcome outcome = run({"data", "sample", "--target-locale", "klingon"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("target_locale 'klingon'"), std::string::npos) << outcome.err;
}

TEST(DataCommand, sample_says_which_flag_it_does_not_know) {
  const Outcome outcome = run({"data", "sample", "--target-local", "de"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(
      outcome.err.find("heed data sample: unknown flag '--target-local'; did you mean '--target-locale'?"),
      std::string::npos)
      << outcome.err;
}

TEST(DataCommand, sample_has_its_own_help) {
  const Outcome outcome = run({"help", "data", "sample"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("--source-locale"), std::string::npos) << outcome.out;
}

/// A folder with a corpus of which one line is not UTF-8.
class DataSplit : public testing::Test {
 protected:
  DataSplit() {
    std::filesystem::create_directories(folder_);
    std::string lines = "caf\xE9\tCaf\xE9\n";
    for (int i = 0; i < 40; ++i) lines += "source " + std::to_string(i) + "\ttarget\n";
    write_file(folder_ / "corpus.tsv", lines);
  }
  ~DataSplit() override { std::filesystem::remove_all(folder_); }

  Outcome split(const std::vector<std::string>& flags) const {
    std::vector<std::string> arguments{"data", "split", "--output", (folder_ / "parts").string()};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return run(std::move(arguments));
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("heed_data_split" + std::to_string(::getpid()));
  const std::string corpus_ = (folder_ / "corpus.tsv").string();
};

TEST_F(DataSplit, skips_what_is_not_utf8_only_where_asked_to) {
  EXPECT_EQ(split({"--tsv", corpus_}).status, 1);
  const Outcome skipping = split({"--tsv", corpus_, "--skip-invalid"});
  EXPECT_EQ(skipping.status, 0);
  EXPECT_NE(skipping.err.find("1 pair skipped: not UTF-8"), std::string::npos) << skipping.err;
}

TEST_F(DataSplit, wants_one_table_or_two_files) {
  for (const auto& flags : std::vector<std::vector<std::string>>{
           {}, {"--source", corpus_}, {"--tsv", corpus_, "--source", corpus_}}) {
    const Outcome outcome = split(flags);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find("give the files of a corpus, or --tsv, or --source and --target"),
              std::string::npos)
        << outcome.err;
  }
}

TEST_F(DataSplit, says_that_it_takes_fewer_pairs_than_asked_for) {
  const Outcome outcome = split({"--tsv", corpus_, "--skip-invalid", "--valid", "1000"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("--valid 1000: at most a tenth of the corpus is taken, about "),
            std::string::npos)
      << outcome.err;
}

TEST_F(DataSplit, takes_corpora_in_any_format) {
  std::string catalogue = "#, fuzzy\nmsgid \"x\"\nmsgstr \"y\"\n";
  for (int i = 0; i < 40; ++i) catalogue += "\nmsgid \"dog " + std::to_string(i) + "\"\nmsgstr \"Hund\"\n";
  write_file(folder_ / "de.po", catalogue);
  write_file(folder_ / "b.tsv", "a cat\teine Katze\n");
  const Outcome outcome = split({(folder_ / "de.po").string(), (folder_ / "b.tsv").string(),
                                 "--source-language", "en", "--target-language", "de", "--valid", "2"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("42 pairs read, 41 kept"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("1 pair skipped: fuzzy"), std::string::npos) << outcome.err;
}

class DataConvert : public DataSplit {
 protected:
  DataConvert() {
    write_file(folder_ / "a.po",
               "msgid \"a dog\"\nmsgstr \"ein Hund\"\n\n#, fuzzy\nmsgid \"b\"\nmsgstr \"c\"\n");
    write_file(folder_ / "b.tsv", "a cat\teine Katze\n");
  }

  Outcome convert(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"data", "convert"});
    return run(std::move(arguments));
  }

  const std::vector<std::string> languages_{"--source-language", "en", "--target-language", "de"};
  const std::string po_ = (folder_ / "a.po").string(), tsv_ = (folder_ / "b.tsv").string();
};

TEST_F(DataConvert, never_writes_a_carriage_return_and_says_where_there_were_some) {
  write_file(folder_ / "old.tsv", "One\tEins\rTwo\tZwei\r");
  write_file(folder_ / "torn.tsv", "One\tEi\rns\r\nTwo\tZwei\n");
  write_file(folder_ / "cells.csv", "One,\"Eins\r\nUno\"\r\nTwo,Zwei\r\n");
  const auto path = [&](const char* name) { return (folder_ / name).string(); };
  const Outcome old = convert({path("old.tsv")});
  EXPECT_EQ(old.out, "One\tEins\nTwo\tZwei\n");
  EXPECT_NE(old.err.find("old.tsv: lines end with carriage returns"), std::string::npos) << old.err;
  const Outcome torn = convert({path("torn.tsv")});
  EXPECT_EQ(torn.out, "One\tEi ns\nTwo\tZwei\n");
  EXPECT_NE(torn.err.find("torn.tsv: 1 line has carriage returns within"), std::string::npos) << torn.err;
  EXPECT_EQ(convert({path("cells.csv")}).out, "One\tEins Uno\nTwo\tZwei\n");
}

TEST_F(DataConvert, prints_a_table_and_counts_what_it_skips) {
  const Outcome outcome = convert({po_, tsv_});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "a dog\tein Hund\na cat\teine Katze\n");
  EXPECT_NE(outcome.err.find("3 pairs read, 2 kept\n1 pair skipped: fuzzy\n2 corpora"), std::string::npos)
      << outcome.err;
}

TEST_F(DataConvert, writes_two_files_that_it_reads_again) {
  const std::string output = (folder_ / "out").string();
  EXPECT_EQ(convert({po_, tsv_, "--output", output}).status, 2);
  std::vector<std::string> arguments{po_, tsv_, "--output", output};
  arguments.insert(arguments.end(), languages_.begin(), languages_.end());
  EXPECT_EQ(convert(arguments).status, 0);
  EXPECT_EQ(read_file(output + ".en"), "a dog\na cat\n");
  EXPECT_EQ(read_file(output + ".de"), "ein Hund\neine Katze\n");
  arguments = {output + ".de"};
  arguments.insert(arguments.end(), languages_.begin(), languages_.end());
  EXPECT_EQ(convert(arguments).out, "a dog\tein Hund\na cat\teine Katze\n");
}

TEST_F(DataConvert, leaves_nothing_half_written) {
  const std::string output = (folder_ / "out.tsv").string();
  EXPECT_EQ(convert({tsv_, corpus_, "--output", output}).status, 1);
  EXPECT_FALSE(std::filesystem::exists(output));
}

TEST(DataCommand, locales_lists_them) {
  EXPECT_NE(run({"data", "locales"}).out.find("\npt_BR\n"), std::string::npos);
}

}  // namespace
}  // namespace heed
