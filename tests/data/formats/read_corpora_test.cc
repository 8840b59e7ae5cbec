#include "heed/data/formats/read_corpora.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/data/temporary_files.h"

namespace heed {
namespace {

TEST(ReadCorpora, says_which_file_is_missing) {
  CorpusOptions options;
  options.train_source = "somewhere.en";
  try {
    read_corpora(options, 1);
    FAIL() << "a corpus without a target was accepted";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("train_target is missing"), std::string::npos) << error.what();
  }
}

TEST(ReadCorpora, refuses_a_tsv_beside_two_files) {
  CorpusOptions options;
  options.train_source = "somewhere.en";
  options.train_tsv = "somewhere.tsv";
  EXPECT_THROW(read_corpora(options, 1), ConfigError);
}

TEST(ReadCorpora, refuses_named_data_beside_two_files) {
  CorpusOptions options;
  options.train_source = "somewhere.en";
  options.train_data = {"somewhere.tmx"};
  EXPECT_THROW(read_corpora(options, 1), ConfigError);
}

class ReadCorporaOf : public WithFiles {};

TEST_F(ReadCorporaOf, named_data_learns_from_some_and_validates_on_others) {
  CorpusOptions options;
  options.train_data = {file("train.tsv", "a dog\tein Hund\n")};
  options.valid_data = {file("valid.tsv", "a cat\teine Katze\n")};
  const Corpora corpora = read_corpora(options, 1);
  EXPECT_EQ(corpora.training.pairs.at(0).target, "ein Hund");
  EXPECT_EQ(corpora.validation.pairs.at(0).target, "eine Katze");
}

}  // namespace
}  // namespace heed
