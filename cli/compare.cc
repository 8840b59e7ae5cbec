#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/program.h"
#include "cli/start_of_run.h"
#include "cli/stopping.h"
#include "cli/training_console.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/base/folder_lock.h"
#include "heed/base/interrupt.h"
#include "heed/base/json_text.h"
#include "heed/base/settings_yaml.h"
#include "heed/comparison/comparison.h"
#include "heed/corpus/formats/corpus_sources.h"
#include "heed/pages/comparison_page.h"
#include "heed/tasks/translation/training_run.h"

namespace heed {
namespace {

/// What all models are trained with: a recipe for minutes, not for the best that each could become.
TrainingConfig quick_training() {
  TrainingConfig training;
  training.updates = 2000;
  training.batch_tokens = 2048;
  training.learning_rate = 0.003;
  training.warmup = 200;
  training.schedule = ScheduleKind::linear;
  training.validate_every = 100;
  training.patience = 0;
  training.average_checkpoints = 3;
  return training;
}

struct CompareOptions {
  std::vector<ComparedModel> models{ComparedModel::bag,        ComparedModel::unordered,
                                    ComparedModel::rnn,        ComparedModel::lstm,
                                    ComparedModel::lstm_luong, ComparedModel::transformer};
  ComparedSizes sizes;
  MeasureOptions measure;
  CorpusOptions corpus;
  FilterOptions filters;
  TokenizerConfig tokenizer;
  ValidationMeasureOptions validation;
  TrainingConfig training = quick_training();
  MachineOptions machine;
  std::filesystem::path output;

  static constexpr std::string_view title = "Models";
  static constexpr auto fields() {
    return std::tuple(field("models", &CompareOptions::models, "architectures to compare, one or more"));
  }
  /// All that the folder keeps.
  Settings settings() {
    return settings_of(*this, sizes, measure, corpus, filters, tokenizer, validation, training);
  }
  std::filesystem::path kept() const { return output / "comparison.yaml"; }
  std::filesystem::path folder_of(ComparedModel model) const { return output / enum_name(model); }
};

/// What may change once a comparison has begun, since it does not make the models unequal.
constexpr std::array<std::string_view, 11> may_change{"models",  "test_source",  "test_target",   "test_tsv",
                                                      "beam",    "shuffle_seed", "gradient_step", "memory",
                                                      "samples", "save_minutes", "patience"};

/// A comparison that goes on takes the options that it began with; others would make its models unequal.
void take_over(CompareOptions& options, CLI::App& command) {
  if (!std::filesystem::exists(options.kept())) return;
  CompareOptions before = options;
  const Settings earlier = before.settings(), settings = options.settings();
  set_from_yaml_file(earlier, options.kept());
  set_from_yaml_file(settings, options.kept());
  set_what_was_given(command);
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const std::string was = shown(earlier[i].get()), is = shown(settings[i].get());
    if (std::ranges::find(may_change, settings[i].name) != may_change.end()) continue;
    require<ConfigError>(was == is, options.output.string(), ": the comparison began with ", settings[i].name,
                         " ", was, ", now ", is,
                         " is asked for; its models must be trained alike: omit it, or compare in "
                         "another folder");
  }
}

std::vector<TextPair> read_test(const CompareOptions& options) {
  const MeasureOptions& m = options.measure;
  const bool two = !m.test_source.empty() && !m.test_target.empty(),
             any = !m.test_source.empty() || !m.test_target.empty();
  require_usage(m.test_tsv.empty() ? two : !any,
                "give the text to measure on: --test-source and --test-target, or --test-tsv");
  ParallelCorpus test = two ? read_parallel(m.test_source, m.test_target, options.corpus.reading())
                            : read_tsv(m.test_tsv, options.corpus.reading());
  require<DataError>(!test.pairs.empty(), (two ? m.test_source : m.test_tsv).string(),
                     ": no sentence pair to measure on");
  return std::move(test.pairs);
}

/// Trains a model, or goes on with it; does nothing if it is trained already.
void train(ComparedModel model, CompareOptions& options, Backend& backend) {
  const RunFolder folder(options.folder_of(model));
  if (finished_run(folder, {}, options.training)) {
    std::cerr << fmt::format("heed: {}: is trained already\n", folder.path().string());
    return;
  }
  RunOptions run{.corpus = options.corpus,
                 .filters = options.filters,
                 .start = {},
                 .model = equally_large(model, options.sizes),
                 .tokenizer = options.tokenizer,
                 .training = options.training,
                 .validation = options.validation};
  TrainingConsole console({}, start_of_run(backend));
  console.note(fmt::format("{}: {}", folder.path().string(), title_of(model)));
  DeferredInterrupt interrupt(stopping);
  const TrainingOutcome outcome = train_model(corpus_sources(options.corpus), std::move(run), folder, backend,
                                              console, [&] { return interrupt.requested(); });
  if (outcome.end == TrainingEnd::interrupted) {
    console.note(
        fmt::format("stopped at update {}, everything is saved; go on with: heed compare --output {}",
                    outcome.state.update, in_shell(options.output.string())));
    throw CLI::RuntimeError(interrupt.exit_status());
  }
  if (interrupt.requested()) throw CLI::RuntimeError(interrupt.exit_status());
  require<FileError>(outcome.unsaved.empty(), outcome.unsaved,
                     "; make room, and go on with: heed compare --output ",
                     in_shell(options.output.string()));
}

void compare(CompareOptions& options, CLI::App& command) {
  outlive_readers();
  take_over(options, command);
  require_usage(!options.models.empty(), "--models: name a model or more");
  for (auto model = options.models.begin(); model != options.models.end(); ++model)
    require_usage(std::find(options.models.begin(), model, *model) == model, "--models: ", enum_name(*model),
                  " is named twice");
  const std::vector<TextPair> test = read_test(options);
  options.measure.bleu_tokenization = options.validation.bleu_tokenization;
  require_tokenization(options.measure.bleu_tokenization);
  try {
    corpus_sources(options.corpus);
  } catch (const ConfigError& error) {
    require_usage(false, error.what());  // files that do not go together
  }
  for (const ComparedModel model : options.models) equally_large(model, options.sizes);
  make_folder(options.output);
  const FolderLock lock(options.output);
  write_file(options.kept(), yaml_text(options.settings()));

  Backend& training_backend = options.machine.training_backend(options.training.precision);
  for (const ComparedModel model : options.models) train(model, options, training_backend);
  Comparison comparison{.models = {}, .test_sentences = std::ssize(test), .command = command_line()};
  for (const ComparedModel model : options.models) {
    std::cerr << fmt::format("heed: measuring {}\n", options.folder_of(model).string());
    comparison.models.push_back(measure(model, options.folder_of(model), test, options.measure,
                                        options.machine.backend(), options.training.seed));
  }
  write_file(options.output / "comparison.json", text_of_json(comparison_json(comparison), 1) + '\n');
  write_file(options.output / "comparison.html", comparison_page(comparison));
  std::cout << comparison_text(comparison);
  std::cerr << fmt::format("heed: wrote {}: open it in a browser\n",
                           (options.output / "comparison.html").string());
}

}  // namespace

void add_compare(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      "compare", "train translators from a bag of words to the Transformer alike, and measure them");
  auto options = std::make_shared<CompareOptions>();
  const Settings settings = options->settings();
  command
      ->add_option("-o,--output", options->output,
                   "folder for the models, the table and the page; a comparison that it holds goes on")
      ->required()
      ->take_last()
      ->option_text("FOLDER");
  add_config_file(*command, settings);
  add_settings(*command, settings);
  command->get_option("--models")->allow_extra_args();  // --models rnn lstm, as well as rnn,lstm
  add_settings(*command, options->machine.settings());
  command->final_callback([options, command] { compare(*options, *command); });
}

}  // namespace heed
