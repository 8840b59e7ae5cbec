#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/version.h"
#include "tests/support/captured_run.h"

namespace heed {
namespace {

class EvaluateCommand : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    write_file(hypotheses(),
               "The dog bit the man.\r\nIt wasn't surprising.\nThe man had just bitten him. \n");
    write_file(reference(1), "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n");
    write_file(reference(2),
               "The dog had bit the man.\nNo one was surprised.\nThe man had bitten the dog.\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string hypotheses() const { return folder_ / "hypotheses.txt"; }
  std::string reference(int which) const { return folder_ / message("reference", which, ".txt"); }

  /// Runs heed evaluate.
  void evaluate(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "evaluate");
    Outcome outcome = run(std::move(arguments));
    status_ = outcome.status;
    out_ = std::move(outcome.out);
    err_ = std::move(outcome.err);
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / message("heed_evaluate_test_", ::getpid());
  int status_ = -1;
  std::string out_, err_;
};

TEST_F(EvaluateCommand, prints_each_metric_as_sacrebleu_does) {
  evaluate(
      {hypotheses(), "--reference", reference(1), "--reference", reference(2), "--metric", "bleu", "exact"});
  EXPECT_EQ(status_, 0) << err_;
  const std::string release = message("version:heed-", version());
  EXPECT_EQ(out_, "BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|" + release +
                      " = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)\n" +
                      std::string(25, ' ') + "exact|nrefs:2|case:mixed|" + release + " = 33.33 (1 of 3)\n");
}

TEST_F(EvaluateCommand, prints_json_with_the_parts_of_the_signature) {
  evaluate({hypotheses(), "--reference", reference(1), "--metric", "chrf++", "--json", "--lowercase"});
  const auto json = nlohmann::json::parse(out_);
  EXPECT_EQ(json["name"], "chrF2++");
  EXPECT_EQ(json["signature"],
            message("nrefs:1|case:lc|eff:yes|nc:6|nw:2|space:no|version:heed-", version()));
  EXPECT_EQ(json["nw"], "2");
  EXPECT_GT(json["score"], 10);
}

TEST_F(EvaluateCommand, takes_the_tokenization_of_bleu) {
  evaluate({hypotheses(), "--reference", reference(1), "--reference", reference(2), "--metric", "bleu",
            "--tokenization", "intl", "--decimals", "4"});
  EXPECT_NE(out_.find("tok:intl"), std::string::npos) << out_;
  EXPECT_NE(out_.find(" = 43.9162 "), std::string::npos) << out_;
}

TEST_F(EvaluateCommand, names_the_line_without_a_counterpart) {
  write_file(reference(2), "The dog had bit the man.\n");
  evaluate({hypotheses(), "--reference", reference(1), "--reference", reference(2)});
  EXPECT_EQ(status_, 1);
  EXPECT_EQ(err_, "heed: evaluate: " + hypotheses() + " has 3 lines, " + reference(2) +
                      " has 1; line 2 has no counterpart\n");
}

TEST_F(EvaluateCommand, names_the_line_that_is_not_utf8) {
  write_file(hypotheses(), "a\nb\nc\xc3\n");
  evaluate({hypotheses(), "--reference", reference(1)});
  EXPECT_EQ(status_, 1);
  EXPECT_EQ(err_, "heed: " + hypotheses() + ":3: byte 2 is not UTF-8; convert the file to UTF-8\n");
}

TEST_F(EvaluateCommand, refuses_unknown_metrics_and_no_reference_as_wrong_usage) {
  evaluate({hypotheses(), "--reference", reference(1), "--metric", "meteor"});
  EXPECT_EQ(status_, 2);
  EXPECT_NE(err_.find("bleu, chrf, chrf++, ter, exact"), std::string::npos) << err_;
  evaluate({hypotheses()});
  EXPECT_EQ(status_, 2);
}

}  // namespace
}  // namespace heed
