#include "heed/training/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/files.h"
#include "heed/base/process_memory.h"
#include "heed/base/quantities.h"
#include "heed/base/settings_yaml.h"
#include "heed/checkpoint/fitting_parameters.h"
#include "heed/model/make_model.h"
#include "heed/model/outline.h"
#include "heed/training/memory_plan.h"
#include "heed/training/model_card.h"

namespace heed {
namespace {

void require_same_model(const RunFolder& folder, const ModelConfig& config) {
  ModelConfig before = load_config(folder.path()), now = config;
  const std::string_view was = before.architecture().name, is = now.architecture().name;
  require<ConfigError>(was == is, folder.path().string(), ": the run began with architecture ", was, ", now ",
                       is,
                       " is asked for; a model cannot change while it is trained: omit it, or train in "
                       "another folder");
  require_unchanged(before.settings(), now.settings(), is_dropout, folder.path().string(), "a model");
}

void require_same_task(const RunFolder& folder, const Task& task) {
  const std::string before = load_task(folder.path());
  require<ConfigError>(before == task.name(), folder.path().string(), ": the run is of the task ", before,
                       ", now ", task.name(), " is asked for; train in another folder");
}

void require_task_of_model(const std::filesystem::path& from, const Task& task) {
  const std::string has = load_task(from);
  const std::vector<std::string_view> usable = task.trains_further();
  std::string names;
  for (const std::string_view name : usable) names += message(names.empty() ? "" : " or ", name);
  require<ConfigError>(std::ranges::find(usable, has) != usable.end(), from.string(), ": the model is for ",
                       has, ", but ", task.name(), " starts from models for ", names,
                       "; choose another --from, or --task ", has);
}

/// `vocabularies` of a model that is trained further are its own, but for what its new head tells apart.
ModelConfig config_of_run(const TrainingOptions& options, const std::filesystem::path& taken_over,
                          const Vocabularies& vocabularies) {
  if (options.start.from.empty()) return options.model.config(vocabularies);
  const ModelConfig model = load_config(taken_over);
  if (model.architecture().family == options.model.family())
    return config_of_further(model, options.model, taken_over.string());
  return config_of_other_family(model, options.model, vocabularies, taken_over.string());
}

/// The vocabularies of a run whose data were not read yet, as far as that can be told.
Vocabularies expected_vocabularies(const Task& task, const std::filesystem::path& taken_over) {
  Vocabularies expected = task.expected_vocabularies();
  if (!taken_over.empty()) expected.inputs = load_config(taken_over).sizes().inputs;
  return expected;
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 6;
  std::string all;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) all += (i == 0 ? "" : ", ") + names[i];
  return names.size() > most ? fmt::format("{} and {} more", all, names.size() - most) : all;
}

/// Puts the weights of the model that a run starts from into its own, and says so.
void take_weights(const std::filesystem::path& from, const ParameterStore& store, bool other_task,
                  TrainingObserver& observer) {
  if (!other_task) {
    load_parameters(parameters_file(from), store);
    observer.note(fmt::format("weights, sizes and tokenizer are those of {}", from.string()));
    return;
  }
  const FittingParameters found = load_fitting_parameters(parameters_file(from), store);
  require<ConfigError>(!found.taken.empty(), from.string(), ": none of its ", found.unused.size(),
                       " tensors fits into a model for the other task; choose another --from");
  observer.note(fmt::format("weights, sizes and tokenizer are those of {}: {} of {} tensors", from.string(),
                            found.taken.size(), found.taken.size() + found.missing.size()));
  if (!found.missing.empty()) observer.note(fmt::format("starting anew: {}", listed(found.missing)));
  if (!found.unused.empty()) observer.note(fmt::format("not taken over: {}", listed(found.unused)));
}

/// Refuses what can be refused before the folder is touched and data are read.
void check(Task& task, const TrainingOptions& options, const RunFolder& folder) {
  const std::filesystem::path& from = options.start.from;
  const bool resumed = folder.holds_run();
  if (resumed)
    require_same_task(folder, task);
  else if (!from.empty())
    require_task_of_model(from, task);
  try {
    task.check_data();
  } catch (const ConfigError& error) {
    throw DataOptionsError(error.what());
  }
  const std::filesystem::path taken_over = from.empty() ? from : resumed ? folder.path() : from;
  task.check(config_of_run(options, taken_over, expected_vocabularies(task, taken_over)));
}

/// What the process may hold in all, of which it holds some already.
std::size_t allowed_bytes(const TrainingConfig& config, std::size_t held) {
  // Some is left for others: what is free now may not be so for long.
  return config.memory.empty() ? held + available_bytes() / 10 * 9 : parse_bytes(config.memory, "memory");
}

/// Foretells the memory of a run that begins, and says it; into how many parts its batches are cut to fit.
Index plan_memory(const MemoryPlanner& planner, const TrainingConfig& config, TrainingObserver& observer) {
  const auto text = [](std::size_t bytes) { return bytes_text(static_cast<double>(bytes)); };
  const std::size_t bytes = allowed_bytes(config, planner.program());
  const MemoryPlan plan = planner.fitting(config.batch_tokens, bytes);
  std::string parts;
  for (const auto& [name, size] : plan.parts())
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", name, text(size));
  observer.note(fmt::format("memory: {} will be needed: {}", text(plan.total()), parts));
  const Index cut = config.batch_tokens / plan.batch_tokens;
  if (cut > 1)
    observer.note(
        fmt::format("to fit into {}, batches of {} tokens are cut in {}; their gradients are added up",
                    text(bytes), config.batch_tokens, cut));
  return cut;
}

/// The decay of a moving average that looks back on so many epochs; of fewer than two updates there is none.
double decay_of(double epochs, const Dataset& examples, Index batches_of_update,
                const BatchOptions& options) {
  const auto batches = static_cast<double>(plan_epoch(examples, 0, options).size());
  const double updates = epochs * batches / static_cast<double>(batches_of_update);
  return updates >= 2 ? 1 - 1 / updates : 0;
}

}  // namespace

TrainingOptions default_options(const Task& task) {
  TrainingOptions options{.start = {}, .model = ModelOptions(task.family()), .training = {}};
  task.set_defaults(options.training, options.model);
  return options;
}

void require_unchanged(const Settings& before, const Settings& now, bool (*may_change)(std::string_view),
                       std::string_view where, std::string_view what) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::string was = shown(before[i].get()), is = shown(now[i].get());
    if (may_change && may_change(before[i].name)) continue;
    require<ConfigError>(was == is, where, ": the run began with ", before[i].name, " ", was, ", now ", is,
                         " is asked for; ", what,
                         " cannot change while it is trained: omit it, or train in another folder");
  }
}

std::optional<RunState> finished_run(const RunFolder& folder, const StartOptions& start,
                                     const TrainingConfig& config, const std::vector<Reset>& reset) {
  // Killed between the last state and the card: the end is made once more, and comes out the same.
  if (!folder.holds_run() || !std::filesystem::exists(folder.card_file())) return std::nullopt;
  RunState state = folder.read_state();
  heed::reset(state, reset);
  if (!is_finished(state, config)) return std::nullopt;
  require_same_start(folder.options_file(), start, folder.path().string());
  return state;
}

Settings settings_of(Task& task, TrainingOptions& options) {
  Settings all = task.settings();
  for (Settings part : {settings_of(options.start), options.model.settings(), settings_of(options.training)})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

Settings with_former_settings(Settings settings) {
  for (const std::string_view name : {"validation_beam", "joint_vocabulary"})
    if (std::ranges::find(settings, name, &Setting::name) == settings.end())
      settings.push_back({.name = std::string(name),
                          .get = [] { return FieldValue{}; },
                          .set = [](const FieldValue&, std::string_view) {}});
  return settings;
}

TrainingOutcome train(Task& task, TrainingOptions& options, const RunFolder& folder, Backend& backend,
                      TrainingObserver& observer, const std::function<bool()>& interrupted) {
  check(task, options, folder);
  folder.create();
  const FolderLock lock = folder.lock();
  observer.entered(folder.path());
  const bool resumed = folder.holds_run();
  if (resumed) require_same_start(folder.options_file(), options.start, folder.path().string());
  require<ConfigError>(resumed || options.reset.reset.empty(), folder.path().string(),
                       ": holds no run that goes on, so there is nothing to reset; omit --reset");
  // Of a run that goes on it was decided before.
  require<ConfigError>(
      resumed || options.training.moving_average <= 0 || options.training.moving_average_epochs <= 0,
      "moving_average ", options.training.moving_average, " and moving_average_epochs ",
      options.training.moving_average_epochs,
      " both say how far the average looks back; set one of them to 0");
  const bool other_task =
      !resumed && !options.start.from.empty() && load_task(options.start.from) != task.name();
  const TaskRun run{folder, options.start.from, resumed, options.training, observer, other_task};
  const Vocabularies vocabularies = task.vocabularies(run);
  const ModelConfig config = config_of_run(options, run.taken_over(), vocabularies);
  if (resumed) require_same_model(folder, config);
  const bool averaged = options.training.moving_average > 0 || options.training.moving_average_epochs > 0;
  // Before text is tokenized, and before there is a model that does not fit.
  if (!resumed)
    require_room_for(*outline_of(config), averaged, allowed_bytes(options.training, resident_bytes()));
  TaskData data = task.read(run, config.sizes());

  RandomParameters start(options.training.seed);
  const auto model = make_model(config, start, ParameterStore::Purpose::training, Placement::on(backend));
  if (!run.from.empty() && !resumed) take_weights(run.from, model->store(), other_task, observer);
  observer.note(fmt::format("model: {} parameters, {}",
                            count_text(static_cast<double>(model->store().count())), config.summary()));
  const auto objective = task.objective(*model, options.training);

  BatchOptions batches{.batch_tokens = options.training.batch_tokens,
                       .bucket = data.bucket,
                       .seed = options.training.seed,
                       .corpora = data.corpora};
  // A run that goes on keeps its batches, however much is free now.
  Index parts = resumed ? folder.read_state().batch_parts : 1;
  if (!resumed && data.examples->size() > 0)
    parts = plan_memory({*model, *objective, backend, *data.examples, batches, averaged,
                         allowed_bytes(options.training, resident_bytes())},
                        options.training, observer);
  TrainingConfig training = options.training;
  training.batch_tokens = batches.batch_tokens = std::max<Index>(options.training.batch_tokens / parts, 1);
  training.gradient_accumulation *= parts;
  if (training.moving_average_epochs > 0)
    training.moving_average =
        decay_of(training.moving_average_epochs, *data.examples, training.gradient_accumulation, batches);
  Trainer trainer(
      {backend, *model, *objective, data.examples, parts, options.reset.reset, /*further=*/!run.from.empty()},
      training, batches, folder, observer);
  // Not before: what could not be gone on with must not be asked for the next time.
  save_config(folder.path(), config, task.name());
  const Settings settings = settings_of(task, options);
  write_file(folder.options_file(), message("task: ", task.name(), "\n", yaml_text(settings)));
  observer.began({.update = resumed ? folder.read_state().update : 0,
                  .options = settings,
                  .config = config,
                  .parameters = model->store().count(),
                  .task = std::string(task.name()),
                  .loss_unit = std::string(objective->loss_unit()),
                  .data = data.counts});
  TrainingOutcome outcome = trainer.run(interrupted);
  observer.note(fmt::format("memory: {} at most", bytes_text(static_cast<double>(peak_resident_bytes()))));
  if (outcome.end != TrainingEnd::interrupted) {
    task.finish(run, *model, backend);
    write_file(folder.card_file(), model_card(task, outcome, config, settings));
  }
  return outcome;
}

}  // namespace heed
