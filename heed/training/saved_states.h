#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "heed/nn/parameters.h"
#include "heed/optim/adam.h"
#include "heed/optim/moving_average.h"
#include "heed/training/run_state.h"

namespace heed {

/// The numbers that training changes.
struct Learner {
  const ParameterStore& store;
  Adam& adam;
  MovingAverage* average = nullptr;  // null: none is kept
};

/// A state that lies on the disk.
struct SavedState {
  std::filesystem::path file;
  RunState state;
  bool lasting = false;
};

/// The states that a run can go on from:
///   state-00001000.safetensors   of the last two validations: lasting ones, which a diverged run goes back
///   to state.safetensors            the newest one since then: of a run that was stopped, of the last
///   minutes
/// Each holds weights, the optimizer's averages and the RunState in one file with checksums.
class SavedStates {
 public:
  /// `folder` holds nothing but them and what belongs to the same run.
  explicit SavedStates(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Whether there is any, sound or not.
  bool any() const;
  /// All that have a sound header, the one that is furthest first; `damaged` is told of the others: which
  /// file, and what is wrong with it.
  using Complaint = std::function<void(const std::filesystem::path& file, const std::string& why)>;
  std::vector<SavedState> found(const Complaint& damaged) const;

  /// Saves a state and, once that is on the disk, removes what is needed no more.
  void save_lasting(const RunState& state, const Learner& learner) const;
  void save_passing(const RunState& state, const Learner& learner) const;
  /// Sets weights and averages. Without a moving average in the file, it starts from the weights.
  /// CheckpointError if the file is damaged or of another model.
  void load(const SavedState& saved, const Learner& learner) const;

  /// Removes the lasting states of updates that lie ahead.
  void forget_after(Index update) const;
  /// Gives a damaged file another name, so that nobody takes it for a state; the new name.
  std::filesystem::path set_aside(const std::filesystem::path& file) const;

  static constexpr std::size_t kept = 2;  // lasting ones

 private:
  std::vector<std::filesystem::path> lasting_files() const;
  std::filesystem::path passing_file() const { return folder_ / "state.safetensors"; }

  std::filesystem::path folder_;
};

}  // namespace heed
