#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "heed/training/trainer.h"

namespace heed {
namespace {

std::vector<Tensor> copies(const ParameterStore& store) {
  std::vector<Tensor> all;
  for (const auto& parameter : store.parameters())
    all.push_back(store.memory().clone(parameter.variable.value()));
  return all;
}

void swap(const ParameterStore& store, const std::vector<Tensor>& others) {
  for (std::size_t i = 0; i < others.size(); ++i)
    store.memory().swap(store.parameters()[i].variable.value(), others[i]);
}

}  // namespace

TrainingOutcome Trainer::stop() {
  state_.seconds = seconds_so_far();
  saver_.save_or_throw(state_);
  return {.end = TrainingEnd::interrupted, .state = state_, .final = {}, .unsaved = {}};
}

TrainingOutcome Trainer::finish() {
  TrainingOutcome outcome{.end = *end_of(state_, config_), .state = {}, .final = {}, .unsaved = {}};
  if (state_.last_validated != state_.update) checkpoint();
  // Going on means going on from the last weights, not from the best.
  const std::vector<Tensor> last = copies(task_.model.store());
  outcome.final = choose_final_model(outcome.unsaved);
  state_.finished = outcome.unsaved.empty();
  state_.seconds = seconds_so_far();
  swap(task_.model.store(), last);
  if (!saver_.save(state_)) outcome.unsaved = saver_.failure();
  swap(task_.model.store(), last);
  outcome.state = state_;
  return outcome;
}

Validation Trainer::validate_now() const { return task_.objective.validate(task_.backend); }

void Trainer::remember_best(const Validation& result) {
  state_.best = metric(result);
  const std::string_view tie = task_.objective.tie_breaker();
  state_.best_tie = tie.empty() ? 0 : result.value(tie);
}

bool Trainer::better(const Validation& result) const {
  if (!std::isfinite(metric(result))) return false;
  if (state_.best_update == 0 || !std::isfinite(state_.best)) return true;
  const auto beats = [&](std::string_view name, double best) {
    const Measure& measure = *find_measure(result.measures, name);
    return measure.better == Better::lower ? measure.value < best : measure.value > best;
  };
  const std::string_view tie = task_.objective.tie_breaker();
  if (!tie.empty() && metric(result) == state_.best) return beats(tie, state_.best_tie);
  return beats(metric_, state_.best);
}

/// Loads the best model. False if none could be validated or saved, or what was is damaged: the last weights
/// will have to do.
bool Trainer::load_best() {
  const ParameterStore& store = task_.model.store();
  if (state_.best_update > 0 && std::filesystem::exists(folder_.model_file())) {
    try {
      load_parameters(folder_.model_file(), store);
      return true;
    } catch (const CheckpointError& error) {
      observer_.damaged(error.what(), "the last weights become the model");
    }
  }
  if (average_) average_->swap();
  const std::vector<Tensor> averaged = copies(store);
  if (average_) average_->swap();
  swap(store, averaged);
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
      chosen ? "it becomes the model"
             : fmt::format("the best single one, of update {}, stays", state_.best_update)));
  if (chosen) {
    try {
      save_parameters(folder_.model_file(), store);
      remember_best(averaged);
      state_.best_update = state_.update;
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
