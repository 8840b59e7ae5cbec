#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "heed/nn/parameter_values.h"
#include "heed/training/trainer.h"

namespace heed {
TrainingOutcome Trainer::stop() {
  state_.seconds = seconds_so_far();
  saver_.save_or_throw(state_);
  return {.end = TrainingEnd::interrupted, .state = state_, .final = {}, .unsaved = {}};
}

TrainingOutcome Trainer::finish() {
  TrainingOutcome outcome{.end = *end_of(state_, config_), .state = {}, .final = {}, .unsaved = {}};
  if (state_.last_validated != state_.update) checkpoint();
  // Going on means going on from the last weights, not from the best.
  const std::vector<Tensor> last = values_of(task_.model.store());
  outcome.final = choose_final_model(outcome.unsaved);
  tell_what_is_far_below(outcome.final);
  if (state_.start_is_best)
    observer_.note(
        "nothing was better than the model from before training, which is kept as it was; train with a lower "
        "--learning-rate, for longer, or on text that is more like what is validated on");
  state_.finished = outcome.unsaved.empty();
  state_.seconds = seconds_so_far();
  swap_values(task_.model.store(), last);
  if (!saver_.save(state_)) outcome.unsaved = saver_.failure();
  swap_values(task_.model.store(), last);
  outcome.state = state_;
  return outcome;
}

Validation Trainer::validate_now() const { return task_.objective.validate(task_.backend); }

/// Loads the best model. False if none could be validated or saved, or what was is damaged: the last weights
/// will have to do.
bool Trainer::load_best() {
  const ParameterStore& store = task_.model.store();
  if (state_.has_best() && std::filesystem::exists(folder_.model_file())) {
    try {
      load_parameters(folder_.model_file(), store);
      return true;
    } catch (const CheckpointError& error) {
      observer_.damaged(error.what(), "the last weights become the model");
    }
  }
  if (average_) average_->swap();
  const std::vector<Tensor> averaged = values_of(store);
  if (average_) average_->swap();
  swap_values(store, averaged);
  return false;
}

std::vector<std::filesystem::path> Trainer::readable_weights() {
  std::vector<std::filesystem::path> readable;
  for (const auto& file : folder_.saved_weights()) {
    try {
      SafetensorsFile(file).verify();
      readable.push_back(file);
    } catch (const CheckpointError& error) {
      observer_.damaged(error.what(), "the average is made without it");
    }
  }
  return readable;
}

Validation Trainer::choose_final_model(std::string& unsaved) {
  const ParameterStore& store = task_.model.store();
  const bool loaded = load_best();
  Validation best = validate_now();
  if (!loaded) {
    require<DivergenceError>(std::isfinite(metric(best)), "training: ends at update ", state_.update,
                             " without a model that could be validated; not finite: ",
                             find_not_finite(store).text(), "; lower --learning-rate or raise --warmup");
    // Without it there is no model: no mere warning.
    save_parameters(folder_.model_file(), store);
    state_.best_update = state_.update;
    state_.start_is_best = false;
  }
  const auto files =
      config_.average_checkpoints > 1 ? readable_weights() : std::vector<std::filesystem::path>();
  if (files.size() < 2) return best;

  RunFolder::load_mean(files, store);
  const Validation averaged = validate_now();
  remember_best(best);
  const bool chosen = better(averaged);
  observer_.note(fmt::format(
      "average of the last {} checkpoints: {}; {}", files.size(), measures_text(averaged.measures, ", "),
      chosen ? "it becomes the model" : fmt::format("the best single one, {}, stays", best_text())));
  if (chosen) {
    try {
      save_parameters(folder_.model_file(), store);
      remember_best(averaged);
      state_.best_update = state_.update;
      state_.start_is_best = false;
      return averaged;
    } catch (const FileError& error) {
      unsaved = error.what();
      observer_.save_failed(state_.update, unsaved);
    }
  }
  load_parameters(folder_.model_file(), store);
  return best;
}

}  // namespace heed
