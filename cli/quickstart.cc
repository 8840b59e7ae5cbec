#include <fmt/format.h>

#include <iostream>
#include <optional>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/program.h"
#include "cli/quickstart_plan.h"
#include "cli/start_of_run.h"
#include "cli/stopping.h"
#include "cli/training_console.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/base/folder_lock.h"
#include "heed/base/interrupt.h"
#include "heed/base/quantities.h"
#include "heed/metrics/exact_match.h"
#include "heed/pages/attention_page.h"
#include "heed/sample/sample_corpus.h"
#include "heed/service/attention_report.h"

namespace heed {
namespace {

constexpr Index unseen = 1000;
constexpr Index fewest_pairs = 100;
constexpr double good_enough = 95;  // percent of unseen examples exactly right

struct QuickstartOptions {
  std::filesystem::path output = "quickstart";
  double minutes = 3;
  QuickstartSize plan = QuickstartSize::automatic;
  std::string source_locale = "en", target_locale = "de";
  std::optional<Index> count = std::nullopt;
  std::uint64_t seed = 1;
  MachineOptions machine;

  static constexpr auto fields() {
    using Q = QuickstartOptions;
    return std::tuple(
        field("output", &Q::output, "folder for the model and the page; its content is replaced"),
        field("minutes", &Q::minutes, "maximum minutes of training", {0.01, 1000}),
        field("plan", &Q::plan, "how much is learned; auto: as much as this machine learns in that time"),
        field("source_locale", &Q::source_locale, "ICU locale of the source language"),
        field("target_locale", &Q::target_locale, "ICU locale of the target language"),
        field("count", &Q::count, "number of pairs; if not given, as the plan has it", {0, 1e8}),
        field("seed", &Q::seed, "random seed of the corpus and of training", {.min = 0}));
  }

  SampleOptions sample(const QuickstartPlan& of, Index pairs) const {
    return {source_locale, target_locale, pairs, seed, of.kinds};
  }
  RunOptions run_options(const QuickstartPlan& of) const {
    RunOptions run = of.run_options(good_enough);
    run.training.seed = static_cast<std::uint32_t>(seed);
    run.training.minutes = minutes;
    return run;
  }
};

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

/// The plan that was asked for, or the one that fits this machine.
const QuickstartPlan& chosen_plan(const QuickstartOptions& options, Backend& backend,
                                  TrainingConsole& console) {
  if (options.plan != QuickstartSize::automatic) return plan_of(options.plan);
  // Validations take their time, too, and a machine may get busier.
  constexpr double share_of_updates = 0.8;
  return fitting_plan(
      quickstart_plans(), 60 * options.minutes * share_of_updates, [&](const QuickstartPlan& plan) {
        const double seconds = plan.measured_update_seconds(backend);
        console.note(fmt::format("measured: this machine would train the {} plan for {}", plan.name,
                                 duration_text(seconds * static_cast<double>(plan.updates))));
        return seconds;
      });
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
  require_usage(!options.count || *options.count >= fewest_pairs, options.count.value_or(0),
                " pairs are too few to learn from; give --count ", fewest_pairs, " or more");
  sample_corpus(options.sample(quickstart_plans().front(), 0));  // refuses locales before anything is touched
  Backend& backend = options.machine.training_backend(TrainingPrecision::automatic);
  TrainingConsole console({}, start_of_run(backend));
  const RunFolder folder(options.output);
  replace_folder(folder.path());
  const QuickstartPlan& plan = chosen_plan(options, backend, console);
  console.note(fmt::format(
      "the {} plan: {}; it trains until {:g} % of unseen examples are exactly right, for {} at most",
      plan.name, plan.learns, good_enough, duration_text(60 * options.minutes)));
  const SampleOptions sample = options.sample(plan, options.count.value_or(plan.pairs));
  console.note(fmt::format("making {} sentence pairs, {} to {}, from ICU's locale data", sample.count,
                           sample.source_locale, sample.target_locale));
  auto pairs = sample_corpus(sample);
  const std::vector<TextPair> test_pairs = take(pairs, unseen);
  Corpora corpora{.training = {}, .validation = corpus_of(take(pairs, unseen / 2))};
  corpora.training = corpus_of(std::move(pairs));
  const Interrupt interrupt(stopping);
  const TrainingOutcome outcome = train_model(std::move(corpora), options.run_options(plan), folder, backend,
                                              console, [&] { return interrupt.requested(); });
  if (outcome.end == TrainingEnd::interrupted) {
    console.note("stopped; heed quickstart begins anew, heed train is what goes on where it stopped");
    throw CLI::RuntimeError(interrupt.exit_status());
  }

  const Translator translator(options.output, backend);
  console.note(fmt::format("translating {} lines that it has never seen:", test_pairs.size()));
  const ExactMatchScore score = test(translator, test_pairs, 8);
  std::cout << fmt::format("\nexactly right on unseen examples: {:.1f} % ({} of {})\n", score.score,
                           score.matches, score.segments);
  if (outcome.end == TrainingEnd::limit && outcome.state.seconds >= 60 * options.minutes)
    std::cout << fmt::format(
        "The time was up before {:g} % were right: give it more (--minutes {:g}), on a machine that is less "
        "busy\n",
        good_enough, 2 * options.minutes);

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
  add_settings(*command, settings_of(*options));
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { quickstart(*options); });
}

}  // namespace heed
