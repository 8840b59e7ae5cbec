#pragma once
#include "heed/training/fine_tuning.h"
#include "heed/training/reset.h"
#include "heed/training/task.h"

namespace heed {

/// What a run of any task can be told besides the task's own options.
struct TrainingOptions {
  StartOptions start;
  ModelOptions model;
  TrainingConfig training;
  ResetOptions reset = {};  // not kept with the run
};

/// The options of a run of the task that is told nothing.
TrainingOptions default_options(const Task& task);

/// Data in, a model's folder out: has the task read its data, makes the model or takes the one that is
/// trained further, trains, and writes the model's card. A run that the folder holds goes on. What can be
/// refused without reading data is refused first, and leaves no trace: DataOptionsError for the data that the
/// options name, or ConfigError.
TrainingOutcome train(Task& task, TrainingOptions& options, const RunFolder& folder, Backend& backend,
                      TrainingObserver& observer, const std::function<bool()>& interrupted);

/// A run cannot change what its weights depend on. ConfigError, saying of which run (`where`) and what it is
/// about, if two lists of the same settings differ but in what may change.
void require_unchanged(const Settings& before, const Settings& now, bool (*may_change)(std::string_view),
                       std::string_view where, std::string_view what);

/// The state of the folder's run if it has nothing left to do by these options, with some parts of it begun
/// anew. ConfigError, as of a run that goes on, if it began with another start than is asked for.
std::optional<RunState> finished_run(const RunFolder& folder, const StartOptions& start,
                                     const TrainingConfig& config, const std::vector<Reset>& reset = {});

/// All options of a run, the task's first. They refer to both.
Settings settings_of(Task& task, TrainingOptions& options);

/// The settings with which the options file of a run that an earlier version began is read, too: what that
/// version wrote for tasks that have no use for it is passed over.
Settings with_former_settings(Settings settings);

}  // namespace heed
