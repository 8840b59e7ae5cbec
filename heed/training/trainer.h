#pragma once
#include <functional>
#include <memory>

#include "heed/base/stopwatch.h"
#include "heed/data/batch_stream.h"
#include "heed/optim/adam.h"
#include "heed/optim/moving_average.h"
#include "heed/optim/schedule.h"
#include "heed/training/run_end.h"
#include "heed/training/run_folder.h"
#include "heed/training/training_config.h"
#include "heed/training/training_observer.h"
#include "heed/training/validation.h"

namespace heed {

/// What a run is about. All of it must outlive the trainer.
struct TrainingTask {
  Backend& kernels;
  Transformer& model;
  const Tokenizers& tokenizers;
  std::shared_ptr<const Examples> examples;
  const ValidationSet& validation;
};

struct TrainingOutcome {
  TrainingEnd end = TrainingEnd::limit;
  RunState state;
  ValidationResult final;  // of the model that the folder now holds; empty if interrupted
};

/// The loop of section 5: batches to gradients to updates, with validation, checkpoints and an end. A run
/// that was interrupted goes on where its folder says it was.
class Trainer {
 public:
  /// Makes the folder, or reads how far its run has come.
  Trainer(const TrainingTask& task, const TrainingConfig& config, const BatchOptions& batches,
          RunFolder folder, TrainingObserver& observer);

  /// Trains until a limit is reached, nothing gets better, or `interrupted` says so after an update. The
  /// model is then the one that the folder holds, unless the run was interrupted.
  TrainingOutcome run(const std::function<bool()>& interrupted);

 private:
  void restore();
  void update();
  void checkpoint();
  TrainingOutcome stop();
  TrainingOutcome finish();
  void save_state();
  bool save(const std::function<void()>& write);
  ValidationResult validate_now();
  bool better(const ValidationResult& result);
  double metric(const ValidationResult& result) const;
  double learning_rate() const;
  ValidationResult choose_final_model();

  TrainingTask task_;
  TrainingConfig config_;
  BatchOptions batch_options_;
  RunFolder folder_;
  TrainingObserver& observer_;
  Schedule schedule_;
  Adam adam_;
  std::unique_ptr<MovingAverage> average_;
  RunState state_;
  std::unique_ptr<BatchStream> stream_;
  Stopwatch clock_;
  double seconds_before_ = 0;  // of earlier parts of the run
  Index saved_update_ = 0;     // from which the run can go on; 0: nowhere
};

}  // namespace heed
