#include <fmt/format.h>

#include <iostream>
#include <optional>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/start_of_run.h"
#include "cli/training_console.h"
#include "cli/usage.h"
#include "heed/base/interrupt.h"
#include "heed/base/settings_yaml.h"
#include "heed/corpus/formats/corpus_sources.h"
#include "heed/training/training_run.h"

namespace heed {
namespace {

struct TrainOptions {
  RunOptions run;
  MachineOptions machine;
  std::filesystem::path output;
  TrainingLogs logs;
};

std::string command_to_go_on(const TrainOptions& options) {
  std::string command = "heed train --output " + options.output.string();
  if (!options.logs.log.empty()) command += " --log " + options.logs.log.string();
  if (!options.logs.tensorboard.empty()) command += " --tensorboard " + options.logs.tensorboard.string();
  return command;
}

/// Whether the run in the folder has nothing left to do; says so and how to train further.
bool is_finished(const RunFolder& folder, const TrainOptions& options) {
  const RunState state = folder.read_state();
  if (!state.finished || !end_of(state, options.run.training)) return false;
  // Killed between the last state and the card: the end is made once more, and comes out the same.
  if (!std::filesystem::exists(folder.card_file())) return false;
  std::string flags;
  for (const auto& [limit, value] : raised_limits(state, options.run.training))
    flags += fmt::format(" {} {:g}", flag_name(limit), value);
  std::cerr << fmt::format("{}: this run is finished, after {} updates\ntrain further with: {}{}\n",
                           folder.path().string(), state.update, command_to_go_on(options), flags);
  return true;
}

void train(TrainOptions& options, CLI::App& command) {
  const RunFolder folder(options.output);
  require<ConfigError>(folder.was_begun() || !std::filesystem::exists(folder.model_file()),
                       options.output.string(),
                       ": holds a model already, and no run to go on with; choose another --output");
  if (folder.holds_run()) {
    set_from_yaml_file(options.run.settings(), folder.options_file());
    set_what_was_given(command);
    if (is_finished(folder, options)) return;
  }
  Backend& backend = options.machine.training_backend(options.run.training.precision);
  TrainingConsole console(options.logs, start_of_run(backend));
  CorpusSources corpora;
  try {
    corpora = corpus_sources(options.run.corpus);
  } catch (const ConfigError& error) {
    require_usage(false, error.what());  // files that do not go together
  }

  // Before the first update there is nothing to save: until then, Ctrl-C simply ends the program.
  std::optional<Interrupt> interrupt;
  const auto interrupted = [&] {
    if (!interrupt) interrupt.emplace();
    return interrupt->requested();
  };
  const TrainingOutcome outcome =
      train_model(std::move(corpora), options.run, folder, backend, console, interrupted);
  console.ended(outcome);
  if (outcome.end == TrainingEnd::interrupted) {
    console.note(fmt::format("stopped at update {}, everything is saved; go on with: {}",
                             outcome.state.update, command_to_go_on(options)));
    throw CLI::RuntimeError(interrupt->exit_status());
  }
  if (!outcome.unsaved.empty())
    throw FileError(message(
        outcome.unsaved, "; the model is in ", options.output.string(),
        ", but not all of the end of its training; make room and end it with: ", command_to_go_on(options)));
  console.note(fmt::format("{}; the model is in {}: validation BLEU {:.2f}, chrF {:.2f}",
                           outcome.end == TrainingEnd::converged ? "nothing got better for a while" : "done",
                           options.output.string(), outcome.final.bleu, outcome.final.chrf));
  console.note(fmt::format("see how it went with: heed report {}", options.output.string()));
  console.note(fmt::format("translate with: heed translate {} < text", options.output.string()));
}

}  // namespace

void add_train(CLI::App& program) {
  CLI::App* command = program.add_subcommand("train", "train a translator from raw parallel text");
  auto options = std::make_shared<TrainOptions>();
  const Settings settings = options->run.settings();
  command
      ->add_option(
          "-o,--output", options->output,
          "folder for the model; a run that it holds goes on, with the options it had unless they are "
          "given anew")
      ->required()
      ->take_last()
      ->option_text("FOLDER");
  command
      ->add_option(
          "--log", options->logs.log,
          "append the log of the run, which its folder holds in training/log.jsonl, to this file, too")
      ->take_last()
      ->option_text("FILE");
  command
      ->add_option("--tensorboard", options->logs.tensorboard,
                   "write what TensorBoard shows into this folder")
      ->take_last()
      ->option_text("FOLDER");
  add_config_file(*command, settings);
  add_settings(*command, settings);
  add_settings(*command, options->machine.settings());
  command->final_callback([options, command] { train(*options, *command); });
}

}  // namespace heed
