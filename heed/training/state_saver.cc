#include "heed/training/state_saver.h"

#include <algorithm>

namespace heed {

bool StateSaver::attempt(Index update, const std::function<void()>& write) {
  try {
    write();
    return true;
  } catch (const FileError& error) {
    observer_.save_failed(update, error.what());
    return false;
  }
}

bool StateSaver::save(const RunState& state) {
  if (state.skipped_in_a_row > 0 || !sound()) return save_passing(state);
  return save_state(state, [&] { states_.save_lasting(state, learner_); });
}

bool StateSaver::save_passing(const RunState& state) {
  return save_state(state, [&] { states_.save_passing(state, learner_); });
}

bool StateSaver::save_state(const RunState& state, const std::function<void()>& write) {
  since_save_.restart();
  try {
    write();
  } catch (const FileError& error) {
    failure_ = error.what();
    observer_.save_failed(state.update, failure_);
    return false;
  }
  saved_update_ = state.update;
  if (!failure_.empty()) observer_.saved_again(state.update);
  failure_.clear();
  return true;
}

void StateSaver::save_or_throw(const RunState& state) {
  try {
    states_.save_passing(state, learner_);
  } catch (const FileError& error) {
    throw FileError(message(error.what(), "; the run stopped at update ", state.update,
                            " and can go on from ",
                            saved_update_ >= 0 ? message("update ", saved_update_) : "its beginning"));
  }
}

bool StateSaver::sound() const {
  const auto finite = [&](const Tensor& x) { return all_finite(learner_.store.memory(), x); };
  return std::ranges::all_of(learner_.store.parameters(),
                             [&](const auto& p) { return finite(p.variable.value()); }) &&
         (!learner_.average || std::ranges::all_of(learner_.average->averages(), finite));
}

}  // namespace heed
