#include "cli/training_console.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "heed/model/transformer_config.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class TheTrainingConsole : public WithFolder {
 protected:
  /// What is said on standard error while `tell` tells a console something; the log has it, too.
  template <class Tell>
  std::string said(const Tell& tell) {
    testing::internal::CaptureStderr();
    {
      TrainingConsole console({.log = folder_ / "log.jsonl", .tensorboard = {}},
                              nlohmann::ordered_json::object());
      tell(console);
    }
    std::istringstream in(read_file(folder_ / "log.jsonl"));
    for (std::string line; std::getline(in, line);) last_ = nlohmann::json::parse(line);
    return testing::internal::GetCapturedStderr();
  }

  nlohmann::json last_;  // line of the log
  const SkipReport skip_{.update = 7,
                         .epoch = 1,
                         .loss = std::nan(""),
                         .gradient_norm = 3,
                         .where = {NotFinite::What::weight, "decoder.output.bias", 2},
                         .in_a_row = 1,
                         .in_all = 5,
                         .examples = {"one", "two", "three", "four"}};
};

TEST_F(TheTrainingConsole, names_the_tensor_and_the_examples_of_an_update_that_is_left_out) {
  EXPECT_EQ(
      said([&](TrainingConsole& console) { console.skipped(skip_); }),
      "warning: update 7 was left out: loss nan, not finite: the weight of decoder.output.bias and 1 other "
      "(1 in a row, 5 in all)\n"
      "  of 4 examples, the first being:\n"
      "  one\n  two\n  three\n");
  EXPECT_EQ(last_["event"], "skip");
  EXPECT_TRUE(last_["loss"].is_null());
  EXPECT_EQ(last_["what"], "weight");
  EXPECT_EQ(last_["tensor"], "decoder.output.bias");
  EXPECT_EQ(last_["examples"].size(), 4u);
}

TEST_F(TheTrainingConsole, says_that_a_run_goes_back) {
  const RollbackReport report{.from = 9, .to = 4, .rate_factor = 0.25, .rollbacks = 2, .last = skip_};
  const std::string text = said([&](TrainingConsole& console) { console.rolled_back(report); });
  EXPECT_NE(text.find("it goes back from update 9 to 4, at 0.25 times the learning rate of its options\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  one\n"), std::string::npos) << text;
  EXPECT_EQ(last_["event"], "rollback");
  EXPECT_EQ(last_["to"], 4);
  EXPECT_EQ(last_["rate_factor"], 0.25);
  EXPECT_EQ(last_["last"]["update"], 7);
}

TEST_F(TheTrainingConsole, says_how_long_is_left_and_whether_the_run_may_end_sooner) {
  const UpdateReport report{.update = 1,
                            .loss = 0.5,
                            .loss_count = 8,
                            .examples = 8,
                            .tokens = 400,
                            .rows = 408,
                            .seconds = 2,
                            .run_seconds = 2,
                            .share_done = 0.25};
  const auto told = [&](TrainingConfig config) {
    return said([&](TrainingConsole& console) {
      console.began({.options = settings_of(config), .config = TransformerConfig(), .task = {}, .data = {}});
      console.updated(report);
    });
  };
  EXPECT_NE(told({.patience = 0}).find("  6.0 s left\n"), std::string::npos) << told({.patience = 0});
  for (const TrainingConfig& config :
       {TrainingConfig{.patience = 3}, TrainingConfig{.patience = 0, .stop_at = 95}})
    EXPECT_NE(told(config).find("  at most 6.0 s left\n"), std::string::npos) << told(config);
}

TEST_F(TheTrainingConsole, says_what_a_loss_is_the_mean_over_unless_it_is_tokens) {
  const UpdateReport report{
      .update = 3, .loss = 0.5, .loss_count = 8, .examples = 8, .tokens = 400, .rows = 408, .seconds = 2};
  const auto told = [&](const char* unit) {
    return said([&](TrainingConsole& console) {
      console.began(
          {.options = {}, .config = TransformerConfig(), .task = {}, .loss_unit = unit, .data = {}});
      console.updated(report);
    });
  };
  EXPECT_NE(told("token").find("  loss 0.500  200 tokens/s  "), std::string::npos) << told("token");
  EXPECT_NE(told("text").find("  loss 0.500 per text  200 tokens/s  "), std::string::npos) << told("text");
  EXPECT_EQ(last_["loss_count"], 8);
  EXPECT_EQ(last_["tokens"], 400);
}

TEST_F(TheTrainingConsole, logs_measures_by_name_whatever_they_are_called) {
  const std::vector<Measure> measures{{.name = "stale", .title = "stale", .value = 7},
                                      {.name = "loss", .title = "loss", .value = std::nan("")}};
  said([&](TrainingConsole& console) {
    console.validated({.update = 3,
                       .result = {.measures = measures,
                                  .samples = {},
                                  .by_length = {{.from = 1, .to = 2, .examples = 5, .measures = measures}}},
                       .stale = 2});
  });
  EXPECT_EQ(last_["stale"], 2);
  EXPECT_EQ(last_["measures"], (nlohmann::json{{"stale", 7}, {"loss", nullptr}}));
  EXPECT_EQ(last_["by_length"][0]["examples"], 5);
  EXPECT_EQ(last_["by_length"][0]["measures"]["stale"], 7);
}

TEST_F(TheTrainingConsole, tells_of_files_that_cannot_be_written_or_read) {
  EXPECT_EQ(said([](TrainingConsole& console) { console.save_failed(3, "a: no room"); }),
            "warning: a: no room; the run goes on without this file\n");
  EXPECT_EQ(last_["event"], "save_failed");
  EXPECT_EQ(last_["why"], "a: no room");
  EXPECT_EQ(said([](TrainingConsole& console) { console.saved_again(6); }),
            "there is room again: the run is saved at update 6\n");
  EXPECT_EQ(last_["event"], "saved_again");
  EXPECT_EQ(said([](TrainingConsole& console) { console.damaged("b: is damaged", "using c"); }),
            "warning: b: is damaged: using c\n");
  EXPECT_EQ(last_["instead"], "using c");
}

}  // namespace
}  // namespace heed
