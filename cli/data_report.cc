#include "heed/corpus/report/data_report.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/corpus_names.h"
#include "cli/flags.h"
#include "cli/ngram.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/base/progress.h"
#include "heed/base/quantities.h"
#include "heed/corpus/report/data_reporter.h"
#include "heed/corpus/report/fluency_report.h"
#include "heed/pages/data_report_page.h"

namespace heed {
namespace {

using Paths = std::vector<std::filesystem::path>;

struct DataReportCommand {
  CorpusNames corpus;
  ReadOptions reading;
  std::filesystem::path output = "data-report";
  Paths test_data, test_tsv, test_source, test_target;
  std::filesystem::path source_model, target_model;
  bool fluency = false;
  Index examples = 10;
  std::uint64_t seed = 1;
  FilterOptions filters;

  static constexpr auto fields() {
    using C = DataReportCommand;
    return std::tuple(
        field("test_data", &C::test_data,
              "validation and test sets to look for in the corpus: files, folders and patterns"),
        field("test_tsv", &C::test_tsv, "validation and test sets as tables, TSV or CSV"),
        field("test_source", &C::test_source, "source sentences of validation and test sets"),
        field("test_target", &C::test_target, "translations of --test-source, as many files"),
        field("source_model", &C::source_model,
              "report the fluency of the source by this n-gram model, an ARPA file as heed ngram train "
              "writes it; reads the corpus once more"),
        field("target_model", &C::target_model, "report the fluency of the target by this n-gram model"),
        field("fluency", &C::fluency,
              "report the fluency of sides without a given model by trigram models, trained on one half of "
              "the corpus for the other; reads it twice more and takes 0.7 GB of memory for a large corpus"),
        field("examples", &C::examples,
              "number of examples to show for each filter and of the least fluent sentences", {0, 1000}),
        field("seed", &C::seed, "random seed of the examples", {0}),
        field("output", &C::output, "path of the report, to which .html and .json are added"));
  }
};

/// How corpora are read: nothing ends a report that can be reported on.
Settings reading_settings(ReadOptions& reading) {
  Settings settings = settings_of(reading);
  std::erase_if(settings, [](const Setting& setting) { return setting.name == "skip_invalid"; });
  return settings;
}

std::vector<FoundCorpus> test_sets(const DataReportCommand& c, ReadReport& report) {
  require_usage(c.test_source.size() == c.test_target.size(), "--test-source names ", c.test_source.size(),
                " files, --test-target ", c.test_target.size(), "; give as many");
  std::vector<FoundCorpus> sets = find_corpora(c.test_data, c.reading, report);
  for (const auto& path : c.test_tsv) sets.push_back({PairFormat::table, path, {}});
  for (std::size_t i = 0; i < c.test_source.size(); ++i)
    sets.push_back({PairFormat::lines, c.test_source[i], c.test_target[i]});
  return sets;
}

/// A corpus of several files, by the first of them.
std::string title_of(const std::vector<FoundCorpus>& corpora) {
  if (corpora.empty()) return "nothing";
  const std::string first = name_of(corpora[0]);
  return corpora.size() == 1 ? first : fmt::format("{} and {} more", first, corpora.size() - 1);
}

NamedCorpus named(std::string name, std::vector<FoundCorpus> corpora, const ReadOptions& how,
                  ReadReport& report) {
  return {std::move(name), [=, &report] { return open_unchecked_corpora(corpora, how, report); }};
}

/// Of two files of text: how they run side by side; of several such, the first two that do not.
std::optional<DataReport::Alignment> alignment_of(const std::vector<FoundCorpus>& corpora) {
  std::optional<DataReport::Alignment> alignment;
  for (const FoundCorpus& corpus : corpora) {
    // What standard input gave cannot be read again.
    if (corpus.format != PairFormat::lines || corpus.path == "-" || corpus.target == "-") continue;
    DataReport::Alignment found = report_alignment(corpus.path, corpus.target);
    const bool apart = found.drift.first_line() > 0 || found.drift.source_lines != found.drift.target_lines;
    if (apart || !alignment) alignment = std::move(found);
    if (apart) break;
  }
  return alignment;
}

/// What a model is called in the report, and the model; neither without a file.
FluencyModel fluency_model(const std::filesystem::path& path) {
  if (path.empty()) return {};
  return {.name = path.string(), .model = open_ngram_model(path)};
}

/// Models are read before the corpus is: what is wrong with them shows at once.
FluencyOptions fluency_options(const DataReportCommand& c, const std::vector<FoundCorpus>& corpora) {
  const bool wanted = c.fluency || !c.source_model.empty() || !c.target_model.empty();
  for (const FoundCorpus& corpus : corpora)
    require_usage(
        !wanted || (corpus.path != "-" && corpus.target != "-"),
        "how fluent a corpus is takes reading it again, and standard input is read once; write it to "
        "a file first");
  return {.source = fluency_model(c.source_model),
          .target = fluency_model(c.target_model),
          .learn = c.fluency,
          .examples = c.examples};
}

void write_report(const DataReportCommand& c) {
  ReadReport reading, reading_tests;
  const std::vector<FoundCorpus> corpora = find_named(c.corpus, c.reading, reading);
  std::vector<NamedCorpus> held_out;
  const FluencyOptions fluency = fluency_options(c, corpora);
  for (const FoundCorpus& set : test_sets(c, reading_tests))
    held_out.push_back(named(name_of(set), {set}, c.reading, reading_tests));

  Progress progress;
  const Stopwatch watch;
  DataReport report =
      report_on(named(title_of(corpora), corpora, c.reading, reading), held_out,
                {.filters = c.filters, .examples = c.examples, .seed = c.seed}, [&](Index read) {
                  const auto pairs = static_cast<double>(read);
                  if (progress.due())
                    progress.show(fmt::format("{} pairs read  {}", count_text(pairs),
                                              rate_text(pairs, watch.seconds(), "pairs")));
                });
  report.reading = std::move(reading);
  ReadReport again;  // what readers skip is counted already
  report_fluency(
      report, named(report.title, corpora, c.reading, again), fluency,
      [&](std::string_view done, Index pairs) {
        if (progress.due())
          progress.show(fmt::format("fluency: {} pairs {}", count_text(static_cast<double>(pairs)), done));
      });
  report.alignment = alignment_of(corpora);
  progress.clear();
  for (const std::string& line : reading_tests.skip_lines()) std::cerr << "test sets: " << line << '\n';
  std::filesystem::path output = c.output;
  if (output.extension() == ".html" || output.extension() == ".json") output.replace_extension();
  const std::string page = output.string() + ".html", json = output.string() + ".json";
  write_file(page, data_report_page(report));
  write_file(json, data_report_json(report));
  std::cout << data_report_text(report) << "written: " << page << " and " << json << '\n';
}

}  // namespace

void add_data_report(CLI::App& data) {
  CLI::App* command = data.add_subcommand(
      "report", "what a corpus is like and what training would drop, as a page to look at and as JSON");
  auto options = std::make_shared<DataReportCommand>();
  add_paths(*command, options->corpus.data);
  add_settings(*command, settings_of(options->corpus));
  add_settings(*command, reading_settings(options->reading));
  add_settings(*command, settings_of(*options, options->filters));
  command->final_callback([options] {
    try {
      write_report(*options);
    } catch (const ConfigError& error) {
      throw CLI::ValidationError(error.what());  // options that do not go together
    }
  });
}

}  // namespace heed
