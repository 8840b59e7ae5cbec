#include <fmt/format.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/training_console.h"
#include "heed/base/interrupt.h"
#include "heed/base/settings_yaml.h"
#include "heed/training/training_run.h"

namespace heed {
namespace {

struct TrainOptions {
  RunOptions run;
  MachineOptions machine;
  std::filesystem::path output, log;
};

void train(const TrainOptions& options) {
  require<ConfigError>(!options.output.empty(),
                       "train: --output is missing: the folder that the model goes into");
  const RunFolder folder(options.output);
  Backend& kernels = options.machine.kernels();
  TrainingConsole console(options.log);
  Interrupt interrupt;
  if (!folder.holds_run() && std::filesystem::exists(folder.model_file()))
    throw ConfigError(message(options.output.string(),
                              ": holds a model already, and no run to go on with; choose another --output"));
  Corpora corpora = read_corpora(options.run.corpus, options.run.training.seed);
  const TrainingOutcome outcome = train_model(std::move(corpora), options.run, folder, kernels, console,
                                              [&] { return interrupt.requested(); });
  if (outcome.end == TrainingEnd::interrupted) {
    console.note(fmt::format("stopped at update {}, everything is saved; go on with: heed train --output {}",
                             outcome.state.update, options.output.string()));
    throw CLI::RuntimeError(interrupt.exit_status());
  }
  console.note(fmt::format("{}; the model is in {}: validation BLEU {:.2f}, chrF {:.2f}",
                           outcome.end == TrainingEnd::converged ? "nothing got better for a while" : "done",
                           options.output.string(), outcome.final.bleu, outcome.final.chrf));
  console.note(fmt::format("translate with: heed translate {} < text", options.output.string()));
}

}  // namespace

void add_train(CLI::App& program) {
  CLI::App* command = program.add_subcommand("train", "train a translator from raw parallel text");
  auto options = std::make_shared<TrainOptions>();
  const Settings settings = options->run.settings();
  // Read as soon as it is met, so that flags win over what the run was begun with.
  command
      ->add_option_function<std::string>(
          "-o,--output",
          [options, settings](const std::string& folder) {
            options->output = folder;
            const RunFolder run(folder);
            if (run.holds_run()) set_from_yaml_file(settings, run.options_file());
          },
          "folder for the model; a run that it holds goes on, with the options it had unless they are given "
          "anew")
      ->option_text("FOLDER")
      ->trigger_on_parse();
  command->add_option("--log", options->log, "append a log for programs, one JSON object a line")
      ->option_text("FILE");
  add_config_file(*command, settings);
  add_settings(*command, settings);
  add_settings(*command, settings_of(options->machine));
  command->final_callback([options] { train(*options); });
}

}  // namespace heed
