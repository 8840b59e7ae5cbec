#include <fmt/format.h>

#include <iostream>
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
#include "heed/metrics/exact_match.h"
#include "heed/pages/attention_page.h"
#include "heed/sample/sample_corpus.h"
#include "heed/service/attention_report.h"
#include "heed/tasks/translation/training_run.h"

namespace heed {
namespace {

struct QuickstartOptions {
  SampleOptions sample = {.source_locale = "en", .target_locale = "de", .count = 42000, .seed = 1};
  std::filesystem::path output = "quickstart";
  double minutes = 1.75;
  MachineOptions machine;

  static constexpr auto fields() {
    using Q = QuickstartOptions;
    return std::tuple(
        field("output", &Q::output, "folder for the model and the page; its content is replaced"),
        field("minutes", &Q::minutes, "maximum minutes of training", {0.01, 1000}));
  }
};

constexpr Index unseen = 1000;
constexpr Index fewest_pairs = 100;

/// A small model and a fast schedule: minutes, not hours.
RunOptions run_options(const QuickstartOptions& options) {
  RunOptions run;
  run.model.preset = "tiny";
  run.model.set("encoder_layers", 2).set("decoder_layers", 2).set("dropout", 0.0);
  run.tokenizer.vocabulary_size = 1000;
  run.tokenizer.character_coverage = 1;  // every letter of a small alphabet
  run.tokenizer.split_digits = true;
  run.training.updates = 6000;
  run.training.minutes = options.minutes;
  run.training.batch_tokens = 1024;
  run.training.learning_rate = 0.0025;
  run.training.warmup = 300;
  run.training.schedule = ScheduleKind::linear;
  run.training.average_checkpoints = 2;
  run.training.validate_every = 500;
  run.training.seed = static_cast<std::uint32_t>(options.sample.seed);
  return run;
}

/// Takes the last pairs of a corpus.
std::vector<TextPair> take(std::vector<TextPair>& pairs, Index count) {
  const auto at = pairs.end() - std::min<std::ptrdiff_t>(count, std::ssize(pairs) / 3);
  std::vector<TextPair> taken(std::make_move_iterator(at), std::make_move_iterator(pairs.end()));
  pairs.erase(at, pairs.end());
  return taken;
}

/// Translates pairs that the model has never seen, shows some of them, and gives the share that is exactly
/// right.
ExactMatchScore test(const Translator& translator, const std::vector<TextPair>& pairs, Index shown) {
  std::vector<std::string> sources, references;
  for (const TextPair& pair : pairs) {
    sources.push_back(pair.source);
    references.push_back(pair.target);
  }
  const std::vector<std::string> translations = translator.best_translations(sources, {});
  for (Index i = 0; i < std::min<Index>(shown, std::ssize(sources)); ++i) {
    const auto n = static_cast<std::size_t>(i);
    std::cout << sources[n] << "\n  -> " << translations[n] << '\n';
    if (translations[n] != references[n]) std::cout << "  should be " << references[n] << '\n';
  }
  return exact_match(translations, {references});
}

/// Makes the folder anew, but only where it is new or a quickstart of before.
void replace_folder(const std::filesystem::path& folder) {
  const std::filesystem::path mark = folder / "quickstart.txt";
  make_folder(folder);
  require<ConfigError>(std::filesystem::exists(mark) || std::filesystem::is_empty(folder), folder.string(),
                       ": holds something else than a quickstart; choose another --output");
  // Not under the feet of another quickstart.
  std::optional<FolderLock> lock;
  if (std::filesystem::is_directory(folder / "training")) lock.emplace(folder / "training");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) std::filesystem::remove_all(entry);
  write_file(mark, "Made by heed quickstart. The next quickstart here replaces everything in this folder.\n");
}

void print_what_next(const std::string& page, const std::string& model) {
  const std::string program = in_shell(started_as());
  const std::vector<std::pair<std::string, std::string_view>> commands{
      {"open " + page, "see what every head of every layer attends to"},
      {program + " translate " + model, "type lines, get translations"},
      {program + " report " + model, "how the training went, as a page"},
      {program + " inspect " + model, "its config and parameters"},
      {program + " train --train-source FILE --train-target FILE --output FOLDER", "your own text"}};
  std::size_t width = 0;
  for (const auto& [command, what] : commands) width = std::max(width, command.size());
  std::cout << "\nWhat next:\n";
  for (const auto& [command, what] : commands)
    std::cout << fmt::format("  {:<{}}   {}\n", command, width, what);
}

void quickstart(const QuickstartOptions& options) {
  outlive_readers();
  require_usage(options.sample.count >= fewest_pairs, options.sample.count,
                " pairs are too few to learn from; give --count ", fewest_pairs, " or more");
  Backend& backend = options.machine.training_backend(TrainingPrecision::automatic);
  TrainingConsole console({}, start_of_run(backend));
  const auto& [source_locale, target_locale, count, seed] = options.sample;
  console.note(fmt::format("making {} sentence pairs, {} to {}, from ICU's locale data", count, source_locale,
                           target_locale));
  auto pairs = sample_corpus(options.sample);
  const RunFolder folder(options.output);
  replace_folder(folder.path());
  const std::vector<TextPair> test_pairs = take(pairs, unseen);
  Corpora corpora{.training = {}, .validation = corpus_of(take(pairs, unseen / 4))};
  corpora.training = corpus_of(std::move(pairs));

  {
    const Interrupt interrupt(stopping);
    const TrainingOutcome outcome = train_model(std::move(corpora), run_options(options), folder, backend,
                                                console, [&] { return interrupt.requested(); });
    if (outcome.end == TrainingEnd::interrupted) {
      console.note("stopped; heed quickstart begins anew, heed train is what goes on where it stopped");
      throw CLI::RuntimeError(interrupt.exit_status());
    }
  }

  const Translator translator(options.output, backend);
  console.note(fmt::format("translating {} lines that it has never seen:", test_pairs.size()));
  const ExactMatchScore score = test(translator, test_pairs, 8);
  std::cout << fmt::format("\nexactly right on unseen examples: {:.1f} % ({} of {})\n", score.score,
                           score.matches, score.segments);

  constexpr double usual = 95;
  if (score.score < usual)
    std::cout << fmt::format(
        "A machine that is not busy gets {:.0f} % in that time; give a slow one more: --minutes 10\n", usual);

  const std::filesystem::path page = folder.path() / "attention.html";
  write_file(page,
             attention_page(attention_report(translator, test_pairs.front().source, {}, DecodingConfig())));
  print_what_next(in_shell(page.string()), in_shell(options.output.string()));
}

}  // namespace

void add_quickstart(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      "quickstart", "train a small translator on a built-in corpus and look inside it");
  auto options = std::make_shared<QuickstartOptions>();
  add_settings(*command, settings_of(*options, options->sample));
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { quickstart(*options); });
}

}  // namespace heed
