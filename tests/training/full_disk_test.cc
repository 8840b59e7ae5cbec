#include <gtest/gtest.h>

#include "tests/support/size_limit.h"
#include "tests/support/tensors.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

/// A run whose disk is full from one update to another.
class FullDisk : public WithFolder {
 protected:
  FullDisk() {
    options_.training.average_checkpoints = 0, options_.training.validate_every = 2;
    witness_.at_update = [this](const UpdateReport& report) {
      if (report.update == full_from_) limit_.emplace(largest_);
      if (report.update == full_until_) limit_.reset();
    };
  }

  Index full_from_ = 3, full_until_ = 5;
  std::uintmax_t largest_ = 1000;  // bytes of a file that fits
  RunOptions options_ = tiny_options();
  Witness witness_;
  std::optional<SizeLimit> limit_;
};

TEST_F(FullDisk, ends_no_run_and_spoils_no_file) {
  std::string before;
  witness_.at_validation = [&](const ValidationReport& report) {
    if (report.update == 2) before = model_bytes(folder_);
    if (report.update != 4) return;
    EXPECT_EQ(model_bytes(folder_), before);
    EXPECT_EQ(RunFolder(folder_).read_state().update, 2);
    EXPECT_EQ(state_names(folder_), "state-00000000.safetensors state-00000002.safetensors ");
  };
  const TrainingOutcome outcome = train_tiny(folder_, options_, witness_);
  EXPECT_EQ(outcome.state.update, 8);
  EXPECT_EQ(outcome.unsaved, "");
  EXPECT_EQ(
      witness_.failures,
      (std::vector<std::string>{(folder_ / "model.safetensors").string() +
                                    ": cannot be written: File too large; what was there before is kept",
                                (folder_ / "training/state-00000004.safetensors").string() +
                                    ": cannot be written: File too large; what was there before is kept"}));
  EXPECT_EQ(witness_.saves_again, std::vector<Index>{6});

  const std::string after = model_bytes(folder_);
  train_tiny(folder_ / "roomy", options_);
  EXPECT_EQ(after, model_bytes(folder_ / "roomy"));
}

TEST_F(FullDisk, leaves_the_best_that_was_saved_the_best) {
  options_.training.patience = 0;
  const TrainingOutcome outcome = train_tiny(folder_, options_, witness_, 5);
  ASSERT_EQ(std::ssize(witness_.validations), 2);
  ASSERT_TRUE(witness_.validations[1].best);  // but there was no room for it
  EXPECT_EQ(outcome.state.best_update, 2);
  EXPECT_EQ(outcome.state.best, witness_.validations[0].result.value("loss"));
}

TEST_F(FullDisk, at_the_end_of_an_interrupted_run_is_an_error) {
  const std::string error = message_of<FileError>([&] { train_tiny(folder_, options_, witness_, 3); });
  EXPECT_NE(error.find("state.safetensors: cannot be written: File too large"), std::string::npos) << error;
  EXPECT_NE(error.find("the run stopped at update 3 and can go on from update 2"), std::string::npos)
      << error;
}

TEST_F(FullDisk, before_the_first_validation_is_an_error_that_says_so) {
  full_from_ = 1;
  const std::string error = message_of<FileError>([&] { train_tiny(folder_, options_, witness_, 1); });
  EXPECT_NE(error.find("the run stopped at update 1 and can go on from update 0"), std::string::npos)
      << error;
}

TEST_F(FullDisk, until_the_end_is_an_error_if_there_is_no_model_at_all) {
  full_from_ = 1, full_until_ = 1000;
  const std::string error = message_of<FileError>([&] { train_tiny(folder_, options_, witness_); });
  EXPECT_NE(error.find("model.safetensors: cannot be written"), std::string::npos) << error;
}

TEST_F(FullDisk, at_the_end_leaves_a_model_and_says_that_the_end_is_not_saved) {
  train_tiny(folder_ / "roomy", options_);
  const std::string expected = model_bytes(folder_ / "roomy");
  full_from_ = 7, full_until_ = 1000, largest_ = 2 * expected.size();  // too little for a state
  const std::string unsaved = train_tiny(folder_, options_, witness_).unsaved;
  EXPECT_NE(unsaved.find("state-00000008.safetensors: cannot be written"), std::string::npos) << unsaved;
  limit_.reset();
  witness_ = Witness();
  EXPECT_EQ(train_tiny(folder_, options_, witness_).unsaved, "");
  EXPECT_EQ(witness_.updates.front().update, 7);
  EXPECT_EQ(model_bytes(folder_), expected);
}

TEST_F(FullDisk, leaves_nothing_half_written) {
  train_tiny(folder_, options_, witness_);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_))
    EXPECT_NE(entry.path().extension(), ".partial") << entry.path();
}

}  // namespace
}  // namespace heed
