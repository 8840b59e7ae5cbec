#pragma once
#include <functional>
#include <string>

#include "heed/base/stopwatch.h"
#include "heed/training/saved_states.h"
#include "heed/training/training_observer.h"

namespace heed {

/// Saves what a run needs to go on. A full disk must not end a run of days: the run goes on, is told of, and
/// the next save may find room.
class StateSaver {
 public:
  StateSaver(SavedStates states, Learner learner, TrainingObserver& observer)
      : states_(std::move(states)), learner_(learner), observer_(observer) {}

  /// Writes something; if that fails with a FileError, tells the observer of it and returns false.
  bool attempt(Index update, const std::function<void()>& write);
  /// Saves a state: one to go back to if all its numbers are finite and its last update was not left out.
  bool save(const RunState& state);
  bool save_passing(const RunState& state);
  /// FileError, saying from where the run can go on, if the state cannot be saved.
  void save_or_throw(const RunState& state);

  /// The run goes on from the state of this update.
  void loaded(Index update) { saved_update_ = update; }
  double seconds_since_save() const { return since_save_.seconds(); }
  /// Why the last state could not be saved; empty if it could.
  const std::string& failure() const { return failure_; }

  /// Whether all weights and averages are finite.
  bool sound() const;

 private:
  bool save_state(const RunState& state, const std::function<void()>& write);

  SavedStates states_;
  Learner learner_;
  TrainingObserver& observer_;
  Stopwatch since_save_;     // or since it was tried
  Index saved_update_ = -1;  // from which the run can go on; -1: nowhere
  std::string failure_;
};

}  // namespace heed
