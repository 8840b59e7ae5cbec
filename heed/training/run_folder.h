#pragma once
#include <filesystem>
#include <vector>

#include "heed/base/folder_lock.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/training/saved_states.h"

namespace heed {

/// Where a training run keeps its things: a model's folder (config.json, model.safetensors: the best so far,
/// the tokenizers), and in it training/ with what going on needs:
///   options.yaml                  the options of the run
///   log.jsonl                     what happened, over all its parts (docs/log.md)
///   state*.safetensors            SavedStates
///   examples/                     the corpora, tokenized
///   held_out.json                 what is validated on, if it was taken out of these
///   update-00001000.safetensors   weights of the last validations, for averaging
class RunFolder {
 public:
  explicit RunFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& path() const { return folder_; }
  std::filesystem::path options_file() const { return folder_ / "training" / "options.yaml"; }
  std::filesystem::path log_file() const { return folder_ / "training" / "log.jsonl"; }
  std::filesystem::path model_file() const { return parameters_file(folder_); }
  std::filesystem::path held_out_file() const { return folder_ / "training" / "held_out.json"; }
  std::filesystem::path examples() const { return folder_ / "training" / "examples"; }
  std::filesystem::path card_file() const { return folder_ / "model_card.md"; }
  SavedStates states() const { return SavedStates(folder_ / "training"); }
  bool holds_run() const { return states().any(); }
  /// Whether a run was begun here, even if it ended before anything was worth saving.
  bool was_begun() const { return holds_run() || std::filesystem::exists(options_file()); }
  /// How far the run has come, by the furthest state that can be read. CheckpointError if none can.
  RunState read_state() const;

  /// Makes the folders.
  void create() const;
  /// Keeps other programs from training here at the same time.
  FolderLock lock() const { return FolderLock(folder_ / "training"); }
  /// Removes what a run that was killed left half-written. Only for who holds the lock.
  void clear() const;

  /// Saves the weights of an update for averaging, and removes all but the newest `keep`.
  void save_weights(Index update, const ParameterStore& store, Index keep) const;
  /// Removes weights of updates that lie ahead: of a run that was begun anew, went back, or was killed before
  /// its state was saved.
  void forget_weights_after(Index update) const;
  /// The files of saved weights, oldest first.
  std::vector<std::filesystem::path> saved_weights() const;
  /// Sets the weights to the mean of those in some files.
  static void load_mean(const std::vector<std::filesystem::path>& files, const ParameterStore& store);

 private:
  std::filesystem::path folder_;
};

}  // namespace heed
