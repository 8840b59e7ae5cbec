#include <gtest/gtest.h>

#include "heed/safetensors/safetensors.h"
#include "tests/support/tensors.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

/// A run that was stopped after its first validation and goes on with something changed.
class BestOfARun : public WithFolder {
 protected:
  BestOfARun() {
    options_.training.average_checkpoints = 0, options_.training.validate_every = 2,
    options_.training.updates = 10;
    before_ = train_tiny(folder_, options_, 3).state;
  }

  TrainingOutcome go_on(Corpora corpora = tiny_corpora(), Index stop_at = -1) {
    witness_ = {};
    return train_model(std::move(corpora), options_, RunFolder(folder_), cpu_backend(), witness_, [&] {
      return !witness_.updates.empty() && witness_.updates.back().update == stop_at;
    });
  }

  RunOptions options_ = tiny_options();
  RunState before_;
  Witness witness_;
};

TEST_F(BestOfARun, is_measured_anew_where_another_metric_decides_from_here_on) {
  options_.training.metric = "chrf";
  const TrainingOutcome outcome = go_on();
  EXPECT_NE(witness_.notes.find("chrf decides from here on, no longer loss: the best model so far, of update "
                                "2, was measured anew: "),
            std::string::npos)
      << witness_.notes;
  EXPECT_EQ(outcome.state.metric, "chrf");
  EXPECT_EQ(outcome.final.value("chrf"), outcome.state.best);
  for (const ValidationReport& report : witness_.validations)
    EXPECT_LE(report.result.value("chrf"), outcome.state.best);
}

TEST_F(BestOfARun, is_measured_anew_on_other_validation_data) {
  Corpora corpora = tiny_corpora();
  corpora.validation = reversed_letters(12, 3);
  options_.training.learning_rate = 0.0;  // the best stays the best
  go_on(std::move(corpora), 4);
  EXPECT_NE(witness_.notes.find("what is validated on has changed: the best model so far, of update 2"),
            std::string::npos)
      << witness_.notes;
  EXPECT_NE(RunFolder(folder_).read_state().best, before_.best);
}

TEST_F(BestOfARun, is_measured_anew_where_validation_searches_otherwise) {
  options_.validation.validation_beam = 3;
  go_on();
  EXPECT_NE(witness_.notes.find("what is validated on has changed"), std::string::npos) << witness_.notes;
}

/// Single words to single words, of which BLEU is always 0.
Corpora single_words() {
  const std::vector<TextPair> words{{"a", "alpha"}, {"b", "bravo"}, {"c", "charlie"}, {"d", "delta"}};
  Corpora corpora;
  for (int i = 0; i < 120; ++i) corpora.training.pairs.push_back(words[static_cast<std::size_t>(i) % 4]);
  corpora.validation.pairs = words;
  return corpora;
}

class SingleWords : public BestOfARun {
 protected:
  SingleWords() {
    options_.model.set("dropout", 0.0);
    options_.training.metric = std::nullopt;
    options_.training.updates = 200, options_.training.validate_every = 10;
    options_.training.patience = 0, options_.training.moving_average = 0;
  }
  TrainingOutcome run(const std::string& folder) {
    witness_ = {};
    return train_model(single_words(), options_, RunFolder(folder_ / folder), cpu_backend(), witness_,
                       [] { return false; });
  }
};

TEST_F(SingleWords, are_decided_about_by_chrf) {
  const TrainingOutcome outcome = run("chrf");
  EXPECT_EQ(outcome.state.metric, "chrf");
  EXPECT_EQ(outcome.final.value("bleu"), 0);
  EXPECT_EQ(outcome.final.value("chrf"), 100);
  EXPECT_NE(witness_.notes.find("chrF decides which model is the best, not BLEU"), std::string::npos)
      << witness_.notes;
  EXPECT_EQ(witness_.notes.find("warning"), std::string::npos) << witness_.notes;
}

TEST_F(SingleWords, are_not_decided_about_by_bleu_without_a_word) {
  options_.training.metric = "bleu";
  const TrainingOutcome outcome = run("bleu");
  EXPECT_EQ(outcome.state.best_update, 10);
  EXPECT_NE(witness_.notes.find("warning: BLEU decides which model is the best, but says little here"),
            std::string::npos)
      << witness_.notes;
  EXPECT_NE(witness_.notes.find("warning: the model that is kept has chrF "), std::string::npos)
      << witness_.notes;
  EXPECT_NE(witness_.notes.find(" had 100.00; bleu decided"), std::string::npos) << witness_.notes;
}

TEST_F(SingleWords, are_not_decided_about_by_bleu_without_a_word_where_the_run_was_broken_off) {
  options_.training.metric = "bleu", options_.training.updates = 190;
  run("bleu");
  options_.training.updates = 191;
  run("bleu");
  EXPECT_NE(witness_.notes.find("warning: the model that is kept has chrF "), std::string::npos)
      << witness_.notes;
}

TEST_F(BestOfARun, is_kept_as_it_was_measured_where_nothing_changed) {
  go_on();
  EXPECT_EQ(witness_.notes.find("measured anew"), std::string::npos) << witness_.notes;
}

TEST_F(BestOfARun, is_measured_anew_in_silence_where_an_earlier_version_did_not_say_by_what_it_went) {
  for (const SavedState& saved : RunFolder(folder_).states().found([](const auto&, const auto&) {})) {
    const SafetensorsFile file(saved.file);
    auto metadata = file.metadata();
    std::string& state = metadata.at("state");
    const std::string_view said = "\"metric\": \"loss\",";
    ASSERT_NE(state.find(said), std::string::npos) << state;
    state.erase(state.find(said), said.size());
    write_safetensors(saved.file, file.tensors(), metadata);
  }
  options_.training.updates = 4;
  const TrainingOutcome outcome = go_on(tiny_corpora(), 4);
  EXPECT_EQ(witness_.notes.find("measured anew"), std::string::npos) << witness_.notes;
  EXPECT_LE(outcome.state.best, before_.best);
  EXPECT_EQ(outcome.state.metric, "loss");
}

TEST_F(BestOfARun, that_cannot_be_read_gives_its_place_to_the_next) {
  std::filesystem::remove(RunFolder(folder_).model_file());
  options_.training.metric = "chrf", options_.training.learning_rate = 0.0;
  const TrainingOutcome outcome = go_on();
  EXPECT_NE(witness_.notes.find("cannot be measured anew: the next one that is validated takes its place"),
            std::string::npos)
      << witness_.notes;
  EXPECT_EQ(outcome.state.best_update, 4);
  EXPECT_TRUE(witness_.validations.front().best);
}

TEST_F(BestOfARun, by_another_metric_is_waited_for_with_new_patience) {
  options_.training.learning_rate = 0.0, options_.training.updates = 1000, options_.training.patience = 2;
  ASSERT_EQ(go_on().end, TrainingEnd::converged);
  const Index ended = RunFolder(folder_).read_state().update;
  options_.training.metric = "chrf";
  ASSERT_EQ(go_on().end, TrainingEnd::converged);
  EXPECT_EQ(RunFolder(folder_).read_state().update, ended + 4);
}

TEST_F(BestOfARun, is_forgotten_when_that_is_asked_for) {
  options_.training.learning_rate = 5.0;  // what follows is worse
  options_.reset.reset = {Reset::best};
  const TrainingOutcome outcome = go_on();
  EXPECT_TRUE(witness_.validations.front().best);
  EXPECT_GT(outcome.state.best, before_.best);
  EXPECT_NE(witness_.notes.find("begun anew: best"), std::string::npos) << witness_.notes;
}

TEST_F(BestOfARun, does_without_what_was_reset_once_only) {
  options_.training.warmup = 4;
  const TrainingOutcome unbroken = go_on();
  const std::vector<UpdateReport> updates = witness_.updates;
  for (const Index first : {11, 13}) {
    options_.training.updates = first + 1;
    options_.reset.reset.clear();
    if (first == 11) options_.reset.reset = {Reset::schedule, Reset::optimizer};
    const TrainingOutcome outcome = go_on();
    ASSERT_EQ(witness_.updates.front().update, first);
    // A quarter of the peak is the warmup's first step; later parts of the run go on from there.
    EXPECT_EQ(witness_.updates.front().learning_rate, 0.01 * (first == 11 ? 0.25 : 0.75));
    EXPECT_EQ(outcome.state.adam_updates, first - 9);
    EXPECT_EQ(outcome.state.schedule_update, 10);
  }
}

TEST_F(BestOfARun, lets_a_rate_that_falls_to_zero_do_so_once_more) {
  options_.training.schedule = ScheduleKind::linear, options_.training.warmup = 0;
  go_on();
  EXPECT_LT(witness_.updates.back().learning_rate, 0.0011);
  options_.training.updates = 20, options_.reset.reset = {Reset::schedule};
  go_on();
  EXPECT_NEAR(witness_.updates.front().learning_rate, 0.009, 1e-12);
  EXPECT_NEAR(witness_.updates[4].learning_rate, 0.005, 1e-12);
  EXPECT_NEAR(witness_.updates.back().learning_rate, 0, 1e-12);
}

TEST_F(BestOfARun, cannot_be_reset_in_a_run_that_begins) {
  options_.reset.reset = {Reset::patience};
  EXPECT_NE(message_of<ConfigError>([&] {
              train_tiny(folder_ / "new", options_);
            }).find("holds no run that goes on, so there is nothing to reset"),
            std::string::npos);
}

}  // namespace
}  // namespace heed
