#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <optional>

#include "cli/commands.h"
#include "cli/end_of_run.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/program.h"
#include "cli/start_of_run.h"
#include "cli/stopping.h"
#include "cli/training_console.h"
#include "cli/usage.h"
#include "heed/base/interrupt.h"
#include "heed/base/settings_yaml.h"
#include "heed/model/masked_language_model.h"
#include "heed/tasks/tasks.h"
#include "heed/training/run.h"

namespace heed {
namespace {

/// What a run is for. Its name decides which other options there are, so it is found before they are read.
struct TaskChoice {
  std::string task;

  static constexpr auto fields() { return std::tuple(field("task", &TaskChoice::task, "")); }
};

std::string help_of_task() {
  std::string names;
  for (const std::string_view name : task_names())
    names += names.empty() ? message(name, " (the default)") : message(", ", name);
  return message("what the model is for: ", names, "; heed help train --task NAME shows its options");
}

struct TrainOptions {
  TaskChoice choice;
  std::unique_ptr<Task> task;
  TrainingOptions run;
  MachineOptions machine;
  std::filesystem::path output;
  TrainingLogs logs;

  Settings settings() {
    Settings all = settings_of(choice);
    all.front().help = help_of_task();
    for (const Setting& setting : settings_of(*task, run)) all.push_back(setting);
    return all;
  }
};

/// The value that a flag has on the command line; nothing if it is not there.
std::optional<std::string> argument_of(std::initializer_list<std::string_view> flags) {
  const std::vector<std::string>& all = program_arguments();
  std::optional<std::string> found;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const std::string_view flag : flags) {
      if (all[i] == flag && i + 1 < all.size()) found = all[i + 1];
      if (all[i].starts_with(flag) && all[i].size() > flag.size() && all[i][flag.size()] == '=')
        found = all[i].substr(flag.size() + 1);
    }
  return found;
}

/// What this command line is about: its --task, its --config's, that of the run in its --output, or the
/// default.
std::string task_of_command_line() {
  if (const auto task = argument_of({"--task"})) return *task;
  if (const auto file = argument_of({"--config"}))
    if (const auto task = text_in_yaml_file(*file, "task")) return *task;
  if (const auto folder = argument_of({"-o", "--output"}))
    if (const auto task = text_in_yaml_file(RunFolder(*folder).options_file(), "task")) return *task;
  return std::string(task_names().front());
}

std::string command_to_go_on(const TrainOptions& options) {
  std::string command = "heed train --output " + in_shell(options.output.string());
  if (!options.logs.log.empty()) command += " --log " + in_shell(options.logs.log.string());
  if (!options.logs.tensorboard.empty())
    command += " --tensorboard " + in_shell(options.logs.tensorboard.string());
  return command;
}

std::vector<std::string> values_of(const Settings& settings) {
  std::vector<std::string> values;
  for (const Setting& setting : settings) values.push_back(shown(setting.get()));
  return values;
}

/// The run in the folder goes on with its options, but for what is given now: the flags of what differs.
std::vector<std::string> take_options_of_run(const RunFolder& folder, TrainOptions& options,
                                             CLI::App& command) {
  const Settings settings = options.settings();
  set_from_yaml_file(settings, folder.options_file());
  const std::vector<std::string> before = values_of(settings);
  set_what_was_given(command);
  const std::vector<std::string> now = values_of(settings);
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < settings.size(); ++i)
    if (before[i] != now[i]) changed.push_back(flag_name(settings[i].name));
  return changed;
}

/// Whether the run in the folder has nothing left to do; says so, what was given in vain (`changed`), and how
/// to train further.
bool is_finished(const RunFolder& folder, const TrainOptions& options,
                 const std::vector<std::string>& changed) {
  const std::optional<RunState> state =
      finished_run(folder, options.run.start, options.run.training, options.run.reset.reset);
  if (!state) return false;
  std::cerr << fmt::format(
      "{}: this run is finished, after {} updates{}\ntrain further with: {}{}\n", folder.path().string(),
      state->update, changed.empty() ? "" : fmt::format("; {} changed nothing", fmt::join(changed, ", ")),
      command_to_go_on(options), flags_to_train_further(*state, options.run.training));
  return true;
}

/// What was given and has no effect: nobody should think that it has.
std::vector<std::string> said_in_vain(TrainOptions& options, const CLI::App& command,
                                      const std::vector<std::string>& changed) {
  std::vector<std::string> lines;
  const auto given = [&](const char* flag) {
    return command.get_option_no_throw(flag) && command.count(flag) > 0;
  };
  const Settings settings = options.settings();
  const auto names_something = [&](std::string_view name) {
    const auto found = std::ranges::find(settings, name, &Setting::name);
    return found != settings.end() && shown(found->get()) != "''" && shown(found->get()) != "[]";
  };
  if (given("--validation-split"))
    for (const char* name : {"valid_data", "valid_tsv", "valid_source"})
      if (names_something(name))
        lines.push_back(
            fmt::format("--validation-split changes nothing, since {} is given", flag_name(name)));
  const auto has_changed = [&](const char* flag) {
    return std::ranges::find(changed, flag) != changed.end();
  };
  if (has_changed("--memory"))
    lines.push_back("--memory changes nothing: a run that goes on keeps its batches");
  for (const char* flag : {"--validation-split", "--validation-share"})
    if (has_changed(flag) && options.task->name() != "text-generation" && options.task->name() != fill_mask)
      lines.push_back(
          fmt::format("{} changes nothing: a run that goes on keeps what it is validated on", flag));
  return lines;
}

void train(TrainOptions& options, CLI::App& command) {
  outlive_readers();
  if (!options.choice.task.empty()) make_task(options.choice.task);
  const RunFolder folder(options.output);
  require<ConfigError>(folder.was_begun() || !std::filesystem::exists(folder.model_file()),
                       options.output.string(),
                       ": holds a model already, and no run to go on with; choose another --output");
  std::vector<std::string> changed;
  if (folder.holds_run()) {
    changed = take_options_of_run(folder, options, command);
    if (is_finished(folder, options, changed)) return;
  }
  Backend& backend = options.machine.training_backend(options.run.training.precision);
  TrainingConsole console(options.logs, start_of_run(backend));
  for (const std::string& line : said_in_vain(options, command, changed)) console.note(line);
  DeferredInterrupt interrupt(stopping);
  const TrainingOutcome outcome = [&] {
    try {
      return heed::train(*options.task, options.run, folder, backend, console,
                         [&] { return interrupt.requested(); });
    } catch (const DataOptionsError& error) {
      throw CLI::ValidationError(error.what());  // flags that do not go together: wrong usage
    }
  }();
  if (const int status =
          tell_end_of_run(console, outcome, options.output, options.task->usage(), command_to_go_on(options),
                          outcome.end == TrainingEnd::interrupted ? interrupt.exit_status() : 0))
    throw CLI::RuntimeError(status);
}

/// Of a run that goes on: what may help if a file is not found whose name it kept from before.
std::string hint_at_own_path(std::string_view error, TrainOptions& options, const CLI::App& command) {
  if (!RunFolder(options.output).was_begun()) return {};
  const auto is_it = [&](const FieldValue& value) {
    const auto path = as_text(value);
    return path && !path->empty() && std::filesystem::path(*path).is_relative() && error.starts_with(*path) &&
           !std::filesystem::exists(*path);
  };
  for (const Setting& setting : options.settings()) {
    const FieldValue value = setting.get();
    const auto* list = std::get_if<FieldValue::List>(&value.value);
    const bool named = list ? std::ranges::any_of(*list, is_it) : is_it(value);
    if (named && command.count(flag_name(setting.name)) == 0)
      return fmt::format(
          "; the run in {} was told this name when it began, as seen from the folder where heed was started: "
          "go "
          "there, or say where it is now with {}",
          options.output.string(), flag_name(setting.name));
  }
  return {};
}

void train_or_hint(TrainOptions& options, CLI::App& command) {
  try {
    train(options, command);
  } catch (const FileError& error) {
    throw FileError(error.what() + hint_at_own_path(error.what(), options, command));
  }
}

}  // namespace

void add_train(CLI::App& program) {
  CLI::App* command = program.add_subcommand("train", "train a model from raw text or images");
  auto options = std::make_shared<TrainOptions>();
  try {
    options->task = make_task(task_of_command_line());
  } catch (const ConfigError&) {
    options->task = make_task(task_names().front());  // --task is refused below, where it is read
  }
  options->run = default_options(*options->task);
  const Settings settings = options->settings();
  command
      ->add_option(
          "-o,--output", options->output,
          "folder for the model; a run that it holds goes on, with the options it had unless they are "
          "given anew")
      ->required()
      ->take_last()
      ->option_text("FOLDER");
  add_config_file(*command, settings);
  add_settings(*command, settings);
  add_settings(*command, settings_of(options->run.reset));
  add_settings(*command, settings_of(options->logs));
  add_settings(*command, options->machine.settings());
  command->final_callback([options, command] { train_or_hint(*options, *command); });
}

}  // namespace heed
