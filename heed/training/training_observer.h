#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/base/settings.h"
#include "heed/model/model_config.h"
#include "heed/training/divergence.h"
#include "heed/training/training_outcome.h"

namespace heed {

/// Counts of what a run works with: "training" and how many examples were read and kept, say.
struct DataCounts {
  std::string name;
  std::vector<std::pair<std::string, Index>> counts;
};

/// What a run works with, told before its first update.
struct RunStart {
  Index update = 0;  // done before: by earlier parts of the run
  Settings options;  // all of the run's, as it goes on with them
  ModelConfig config;
  Index parameters = 0;
  std::string task;
  std::string loss_unit = "token";  // what losses are the mean over, one of it
  std::vector<DataCounts> data;
};

/// What a run tells of an update.
struct UpdateReport {
  Index update = 0, epoch = 0;
  Index batch = 0, batches_in_epoch = 0;
  double loss = 0;        // nats, label smoothing included, in the mean over loss_count
  double loss_count = 0;  // in RunStart::loss_unit
  double learning_rate = 0, gradient_norm = 0;
  Index examples = 0;
  Index tokens = 0;        // see Objective::tokens
  Index rows = 0;          // of all columns together
  double seconds = 0;      // that this update took
  double run_seconds = 0;  // that the whole run took so far
  double share_done = 0;   // of what limits the run: updates, epochs or minutes
  bool applied = true;     // false: loss or gradient was not finite, and the weights stayed as they were
};

/// What a run tells of an update that it left out, right before the UpdateReport.
struct SkipReport {
  Index update = 0, epoch = 0;
  double loss = 0, gradient_norm = 0;  // one of them is not finite
  NotFinite where;
  Index in_a_row = 0, in_all = 0;     // updates left out, this one included
  std::vector<std::string> examples;  // as texts: of the batches whose loss is not finite, or of all
};

/// A run that diverged goes back to an earlier state, at a lower rate.
struct RollbackReport {
  Index from = 0, to = 0;  // updates
  double rate_factor = 1;  // what the schedule's learning rate is multiplied with from here on
  Index rollbacks = 0;     // of this run, this one included
  SkipReport last;         // of the updates that were left out
};

struct ValidationReport {
  Index update = 0, epoch = 0;
  Validation result;
  bool best = false;
  Index stale = 0;     // validations since the best
  double seconds = 0;  // that it took
};

/// Is told how a run goes. Does nothing unless overridden.
class TrainingObserver {
 public:
  virtual ~TrainingObserver() = default;
  /// From here on the run has its folder for itself.
  virtual void entered(const std::filesystem::path& /*folder*/) {}
  virtual void began(const RunStart&) {}
  virtual void updated(const UpdateReport&) {}
  virtual void validated(const ValidationReport&) {}
  virtual void skipped(const SkipReport&) {}
  virtual void rolled_back(const RollbackReport&) {}
  /// A file could not be written (no room, say); the run goes on without it.
  virtual void save_failed(Index /*update*/, const std::string& /*why*/) {}
  /// After failed saves, the run could save its state again.
  virtual void saved_again(Index /*update*/) {}
  /// A saved file cannot be read, and what is done about it.
  virtual void damaged(const std::string& /*why*/, const std::string& /*instead*/) {}
  /// This part of the run is over: what it came to.
  virtual void ended(const TrainingOutcome&) {}
  /// Something worth a line: where the run goes on, why it stops, which checkpoint was chosen.
  virtual void note(const std::string&) {}
};

}  // namespace heed
