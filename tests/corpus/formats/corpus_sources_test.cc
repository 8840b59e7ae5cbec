#include "heed/corpus/formats/corpus_sources.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

TEST(CorpusSourcesOf, says_which_file_is_missing) {
  CorpusOptions options;
  options.train_source = "somewhere.en";
  try {
    corpus_sources(options);
    FAIL() << "a corpus without a target was accepted";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("train_target is missing"), std::string::npos) << error.what();
  }
}

TEST(CorpusSourcesOf, refuses_a_tsv_beside_two_files) {
  CorpusOptions options;
  options.train_source = "somewhere.en";
  options.train_tsv = "somewhere.tsv";
  EXPECT_THROW(corpus_sources(options), ConfigError);
}

TEST(CorpusSourcesOf, refuses_named_data_beside_two_files) {
  CorpusOptions options;
  options.train_source = "somewhere.en";
  options.train_data = {"somewhere.tmx"};
  EXPECT_THROW(corpus_sources(options), ConfigError);
}

class CorpusSourcesOfFiles : public WithFiles {
 protected:
  static std::string targets(const PairSource& source) {
    std::string all;
    ReadReport report;
    const auto reader = source.open(report);
    for (TextPair pair; reader->next(pair);) all += pair.target + " ";
    return all;
  }
};

TEST_F(CorpusSourcesOfFiles, can_be_read_again_and_have_one_identity_until_they_change) {
  CorpusOptions options;
  options.train_data = {file("one.tsv", "a\tA\n"), file("two.tsv", "b\tB\n")};
  const auto source = corpus_sources(options).training.at(0).pairs;
  EXPECT_EQ(targets(*source), "A B ");
  EXPECT_EQ(targets(*source), "A B ");
  const std::string before = source->identity();
  EXPECT_EQ(corpus_sources(options).training.at(0).pairs->identity(), before);
  file("two.tsv", "b\tB\nc\tC\n");
  EXPECT_NE(source->identity(), before);
  options.msgid_language = "de";
  EXPECT_NE(corpus_sources(options).training.at(0).pairs->identity(), source->identity());
}

TEST_F(CorpusSourcesOfFiles, with_weights_are_one_for_each_name) {
  CorpusOptions options;
  std::filesystem::create_directories(folder_ / "folder");
  file("folder/one.tsv", "a\tA\n");
  file("folder/two.tsv", "b\tB\n");
  options.train_data = {folder_ / "folder", file("three.tsv", "c\tC\n")};
  options.train_weights = {2, 0.5};
  const CorpusSources sources = corpus_sources(options);
  ASSERT_EQ(sources.training.size(), 2u);
  EXPECT_EQ(targets(*sources.training[0].pairs), "A B ");
  EXPECT_EQ(sources.training[0].weight, 2);
  EXPECT_EQ(targets(*sources.training[1].pairs), "C ");
  EXPECT_EQ(sources.training[1].weight, 0.5);
}

TEST_F(CorpusSourcesOfFiles, refuse_weights_that_do_not_fit) {
  CorpusOptions options;
  const auto said = [&] {
    try {
      corpus_sources(options);
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  options.train_weights = {1, 2};
  EXPECT_NE(said().find("no train_data"), std::string::npos) << said();
  options.train_data = {file("one.tsv", "a\tA\n")};
  EXPECT_EQ(said(), "train_weights has 2 numbers and train_data 1 name; give a weight for each name");
  for (const double weight : {0.0, -1.0}) {
    options.train_weights = {weight};
    EXPECT_NE(said().find("give numbers above 0"), std::string::npos) << said();
  }
}

TEST_F(CorpusSourcesOfFiles, named_data_learns_from_some_and_validates_on_others) {
  CorpusOptions options;
  options.train_data = {file("train.tsv", "a dog\tein Hund\n")};
  options.valid_data = {file("valid.tsv", "a cat\teine Katze\n")};
  const CorpusSources sources = corpus_sources(options);
  ASSERT_EQ(sources.training.size(), 1u);
  EXPECT_EQ(targets(*sources.training[0].pairs), "ein Hund ");
  EXPECT_EQ(targets(*sources.validation), "eine Katze ");
}

}  // namespace
}  // namespace heed
