#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "heed/base/files.h"
#include "heed/training/trainer.h"
#include "heed/training/training_observer.h"

namespace heed {

/// What a power cut does.
struct Killed {};

/// Keeps what it is told of a run.
struct Witness : TrainingObserver {
  std::optional<RunStart> start;
  std::vector<UpdateReport> updates;
  std::vector<ValidationReport> validations;
  std::vector<SkipReport> skips;
  std::vector<RollbackReport> rollbacks;
  std::vector<std::string> failures;  // of saves
  std::vector<Index> saves_again;     // updates
  std::vector<std::string> damages;   // what is wrong, and what is done
  std::vector<TrainingEnd> ends;
  std::string notes;
  std::function<void(const UpdateReport&)> at_update = [](const UpdateReport&) {};
  std::function<void(const ValidationReport&)> at_validation = [](const ValidationReport&) {};

  void began(const RunStart& report) override { start = report; }
  void updated(const UpdateReport& report) override {
    updates.push_back(report);
    at_update(report);
  }
  void validated(const ValidationReport& report) override {
    validations.push_back(report);
    at_validation(report);
  }
  void skipped(const SkipReport& report) override { skips.push_back(report); }
  void rolled_back(const RollbackReport& report) override { rollbacks.push_back(report); }
  void save_failed(Index, const std::string& why) override { failures.push_back(why); }
  void saved_again(Index update) override { saves_again.push_back(update); }
  void damaged(const std::string& why, const std::string& instead) override {
    damages.push_back(why + ": " + instead);
  }
  void ended(const TrainingOutcome& outcome) override { ends.push_back(outcome.end); }
  void note(const std::string& text) override { notes += text + '\n'; }

  /// Ends the run without saving, as it were, right after an update.
  void kill_after(Index update) {
    at_update = [update](const UpdateReport& report) {
      if (report.update == update) throw Killed();
    };
  }
  /// For a run that is to be stopped after an update.
  std::function<bool()> stops_after(Index update) const {
    return [this, update] { return !updates.empty() && updates.back().update == update; };
  }
};

/// The weights that a run left in its folder.
inline std::string model_bytes(const std::filesystem::path& folder) {
  return read_file(folder / "model.safetensors");
}

/// Trains in a folder, or goes on there, and tells the witness; stops after update `stop_at`, if that is
/// reached.
using TrainInFolder =
    std::function<TrainingOutcome(const std::filesystem::path& folder, Witness& witness, Index stop_at)>;

/// What every task's run must be able to do: stopped or killed after any update (or every `step`-th), and
/// then gone on with, it ends with the bytes of a run that nobody disturbed. The folders lie in `folder`.
inline void expect_same_bytes_however_disturbed(const std::filesystem::path& folder,
                                                const TrainInFolder& train, Index step = 1) {
  Witness unbroken;
  train(folder / "unbroken", unbroken, -1);
  const std::string expected = model_bytes(folder / "unbroken");
  const Index updates = std::ssize(unbroken.updates);
  ASSERT_GT(updates, 3 * step) << "too few updates to be disturbed";
  for (Index update = 1; update <= updates; update += step) {
    const auto stopped = folder / ("stopped" + std::to_string(update)),
               killed = folder / ("killed" + std::to_string(update));
    Witness stopper, killer, afterwards;
    EXPECT_EQ(train(stopped, stopper, update).end, TrainingEnd::interrupted);
    EXPECT_EQ(std::ssize(stopper.updates), update);
    train(stopped, afterwards, -1);
    EXPECT_EQ(model_bytes(stopped), expected) << "stopped after update " << update;
    killer.kill_after(update);
    EXPECT_THROW(train(killed, killer, -1), Killed);
    train(killed, afterwards, -1);
    EXPECT_EQ(model_bytes(killed), expected) << "killed after update " << update;
  }
}

}  // namespace heed
