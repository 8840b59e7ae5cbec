#pragma once
#include <filesystem>
#include <memory>

#include "heed/base/json_lines_log.h"
#include "heed/base/progress.h"
#include "heed/training/trainer.h"
#include "heed/training/training_observer.h"

namespace heed {

/// Shows how a run goes on standard error, and logs it where asked to.
class TrainingConsole : public TrainingObserver {
 public:
  /// `log` may be empty: no log.
  explicit TrainingConsole(const std::filesystem::path& log);

  void updated(const UpdateReport& report) override;
  void validated(const ValidationReport& report) override;
  void skipped(const SkipReport& report) override;
  void rolled_back(const RollbackReport& report) override;
  void save_failed(Index update, const std::string& why) override;
  void saved_again(Index update) override;
  void damaged(const std::string& why, const std::string& instead) override;
  void note(const std::string& text) override;
  /// Logs how the run ended.
  void ended(const TrainingOutcome& outcome);

 private:
  void print_sentences(const SkipReport& report);

  Progress progress_;
  std::unique_ptr<JsonLinesLog> log_;
  // Since the last line shown.
  double tokens_ = 0, seconds_ = 0, loss_ = 0, begun_seconds_ = -1, begun_share_ = 0;
};

}  // namespace heed
