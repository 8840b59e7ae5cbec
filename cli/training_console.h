#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>

#include "heed/base/fields.h"
#include "heed/base/progress.h"
#include "heed/training/run_end.h"
#include "heed/training/run_log.h"
#include "heed/training/trainer.h"
#include "heed/training/training_observer.h"

namespace heed {

/// What is kept of a run beside what its folder holds; empty: nothing.
struct TrainingLogs {
  std::filesystem::path log, tensorboard;

  static constexpr std::string_view title = "Training";
  static constexpr auto fields() {
    return std::tuple(
        field("log", &TrainingLogs::log,
              "also append the log of the run (training/log.jsonl in its folder) to this file"),
        field("tensorboard", &TrainingLogs::tensorboard, "write what TensorBoard shows into this folder"));
  }
};

/// " --updates 12000": by which a run that is finished is trained further.
std::string flags_to_train_further(const RunState& state, const TrainingConfig& config);

/// Shows how a run goes on standard error, and logs it: always in its folder, and where asked to.
class TrainingConsole : public TrainingObserver {
 public:
  /// `start` is what the log says of this start of the program. FileError if a log cannot be opened.
  TrainingConsole(const TrainingLogs& logs, nlohmann::ordered_json start);

  void entered(const std::filesystem::path& folder) override;
  void began(const RunStart& start) override;
  void updated(const UpdateReport& report) override;
  void validated(const ValidationReport& report) override;
  void skipped(const SkipReport& report) override;
  void rolled_back(const RollbackReport& report) override;
  void save_failed(Index update, const std::string& why) override;
  void saved_again(Index update) override;
  void damaged(const std::string& why, const std::string& instead) override;
  void ended(const TrainingOutcome& outcome) override;
  void note(const std::string& text) override;

 private:
  void print_examples(const SkipReport& report);
  std::string time_left(const UpdateReport& report) const;

  Progress progress_;
  RunLog log_;
  nlohmann::ordered_json start_;
  std::string at_most_;    // stands before the time left of a run that may end sooner
  std::string loss_unit_;  // shown behind a loss, unless it is a token
  // Since the last line shown.
  double tokens_ = 0, seconds_ = 0, loss_ = 0, loss_count_ = 0, begun_seconds_ = -1, begun_share_ = 0;
};

}  // namespace heed
