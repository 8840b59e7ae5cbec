#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "heed/base/stopwatch.h"
#include "heed/data/batch_stream.h"
#include "heed/model/model.h"
#include "heed/optim/schedule.h"
#include "heed/training/objective.h"
#include "heed/training/reset.h"
#include "heed/training/run_folder.h"
#include "heed/training/state_saver.h"
#include "heed/training/training_config.h"
#include "heed/training/training_observer.h"
#include "heed/training/training_outcome.h"

namespace heed {

/// What a run is about. All of it must outlive the trainer.
struct TrainingTask {
  Backend& backend;
  const Model& model;
  const Objective& objective;  // of the model
  std::shared_ptr<const Dataset> examples;
  Index batch_parts = 1;  // into which the batches of the run's options are cut; kept with the run's state
  std::vector<Reset> reset = {};  // what a run that goes on begins anew
  bool further = false;           // the weights are those of a trained model, the first to be measured
};

/// The loop of section 5: batches to gradients to updates, with validation, checkpoints and an end. A run
/// that was interrupted or killed goes on from its last saved state, and comes to the same bytes.
class Trainer {
 public:
  /// Reads how far the run in the folder has come, if it holds one. CheckpointError if none of its states can
  /// be used.
  Trainer(const TrainingTask& task, const TrainingConfig& config, const BatchOptions& batches,
          RunFolder folder, TrainingObserver& observer);

  /// Trains until a limit is reached, nothing gets better, or `interrupted` says so between two batches. The
  /// model is then the one that the folder holds, unless the run was interrupted. DivergenceError if its
  /// numbers were not finite again and again. The observer is told how it ended.
  TrainingOutcome run(const std::function<bool()>& interrupted);

 private:
  /// One of the batches that make an update.
  struct Part {
    Batch batch;
    double loss = 0, count = 0;  // see Loss
  };

  // trainer.cc: the loop
  void restore();
  void go_on_from(const RunState& state);
  void begin_epoch_anew_if_its_batches_changed();
  void reset_what_was_asked_for();
  void start_stream();
  using Interrupted = std::function<bool()>;
  TrainingOutcome learn(const Interrupted& interrupted);
  bool update(const Interrupted& interrupted);
  std::optional<std::vector<Part>> gradients(const Interrupted& interrupted);
  bool validation_due() const;
  void checkpoint();
  double learning_rate() const;
  double seconds_so_far() const { return seconds_before_ + clock_.seconds(); }

  // trainer_divergence.cc: updates that are left out, and rollbacks
  SkipReport skip(const UpdateReport& report, const std::vector<Part>& parts);
  void roll_back(const SkipReport& last);
  std::optional<RunState> load_state_to_go_back_to();
  std::vector<std::string> texts_of(const std::vector<Part>& parts) const;

  // trainer_best.cc: which model is the best
  bool better(const Validation& result) const;
  double metric(const Validation& result) const { return result.value(metric_); }
  /// What is remembered of the best model, which lies on the disk.
  void remember_best(const Validation& result);
  bool save_best(const Validation& result);
  void measure_start();
  std::string best_text() const;
  void remember_peaks(const Validation& result);
  void forget_peaks();
  void tell_what_is_far_below(const Validation& kept);
  void compare_best_with_like();
  std::optional<Validation> best_measured_anew();

  // trainer_end.cc: how a run ends
  TrainingOutcome stop();
  TrainingOutcome finish();
  Validation choose_final_model(std::string& unsaved);
  bool load_best();
  std::vector<std::filesystem::path> readable_weights();
  Validation validate_now() const;

  TrainingTask task_;
  TrainingConfig config_;
  BatchOptions batch_options_;
  RunFolder folder_;
  TrainingObserver& observer_;
  Schedule schedule_;
  Adam adam_;
  std::unique_ptr<MovingAverage> average_;
  std::string metric_;  // the measure that decides
  StateSaver saver_;
  RunState state_;
  std::unique_ptr<BatchStream> stream_;
  Stopwatch clock_;
  double seconds_before_ = 0;  // of earlier parts of the run
};

}  // namespace heed
