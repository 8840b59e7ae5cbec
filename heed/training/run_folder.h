#pragma once
#include <filesystem>
#include <vector>

#include "heed/base/folder_lock.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/optim/adam.h"
#include "heed/optim/moving_average.h"
#include "heed/training/run_state.h"

namespace heed {

/// Where a training run keeps its things: a model's folder (config.json, model.safetensors: the best so far,
/// the tokenizers), and in it training/ with what going on needs:
///   options.yaml                  the options of the run
///   log.jsonl                     what happened, over all its parts (docs/log.md)
///   state.safetensors             weights, the optimiser's averages and the RunState, all in one file
///   update-00001000.safetensors   weights of the last checkpoints, for averaging
class RunFolder {
 public:
  explicit RunFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& path() const { return folder_; }
  std::filesystem::path options_file() const { return folder_ / "training" / "options.yaml"; }
  std::filesystem::path state_file() const { return folder_ / "training" / "state.safetensors"; }
  std::filesystem::path log_file() const { return folder_ / "training" / "log.jsonl"; }
  std::filesystem::path model_file() const { return parameters_file(folder_); }
  bool holds_run() const { return std::filesystem::exists(state_file()); }
  /// Whether a run was begun here, even if it ended before anything was worth saving.
  bool was_begun() const { return holds_run() || std::filesystem::exists(options_file()); }

  /// Makes the folders, and removes what a run that was killed left half-written.
  void create() const;
  /// Keeps other programs from training here at the same time.
  FolderLock lock() const { return FolderLock(folder_ / "training"); }

  void save_state(const RunState& state, const ParameterStore& store, const Adam& adam,
                  const MovingAverage* average) const;
  /// How far the run has come.
  RunState read_state() const;
  /// Sets weights and averages. Without a moving average in the file, it starts from the weights.
  /// CheckpointError if the file is damaged or of another model.
  RunState load_state(const ParameterStore& store, Adam& adam, MovingAverage* average) const;

  /// Saves the weights of an update for averaging, and removes all but the newest `keep`.
  void save_checkpoint(Index update, const ParameterStore& store, Index keep) const;
  /// Removes checkpoints of updates that lie ahead: of a run that was begun anew, or killed before its state
  /// was saved.
  void forget_checkpoints_after(Index update) const;
  /// The saved checkpoints, oldest first.
  std::vector<std::filesystem::path> checkpoints() const;
  /// Sets the weights to the mean of some checkpoints.
  static void load_mean(const std::vector<std::filesystem::path>& checkpoints, const ParameterStore& store);

 private:
  std::filesystem::path folder_;
};

}  // namespace heed
