#include "heed/data/report/data_report.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <vector>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/base/progress.h"
#include "heed/base/quantities.h"
#include "heed/data/report/data_reporter.h"
#include "heed/data/unchecked_readers.h"

namespace heed {
namespace {

using Paths = std::vector<std::filesystem::path>;

struct ReportCommand {
  std::filesystem::path tsv, source, target, output = "data-report";
  Paths test_tsv, test_source, test_target;
  Index source_column = 1, target_column = 2, examples = 10;
  std::uint64_t seed = 1;
  FilterOptions filters;

  static constexpr auto fields() {
    using C = ReportCommand;
    return std::tuple(
        field("tsv", &C::tsv, "a corpus with tabs between source and target, plain or .gz"),
        field("source", &C::source, "instead: source sentences, one a line"),
        field("target", &C::target, "and their translations, line by line"),
        field("test_tsv", &C::test_tsv, "validation and test sets, to look for them in the corpus"),
        field("test_source", &C::test_source, "or their source sentences"),
        field("test_target", &C::test_target, "and their translations, as many files"),
        field("source_column", &C::source_column, "of a TSV, from 1", {1, 1000}),
        field("target_column", &C::target_column, "of a TSV, from 1", {1, 1000}),
        field("examples", &C::examples, "to show of what each filter finds", {0, 1000}),
        field("seed", &C::seed, "another seed, other examples", {0}),
        field("output", &C::output, "the report is written to this with .html and .json behind it"));
  }
};

NamedCorpus table(const ReportCommand& command, const std::filesystem::path& path) {
  const ReadOptions how{.source_column = command.source_column, .target_column = command.target_column};
  return {path.string(), [=] { return std::make_unique<UncheckedTable>(path, how); }};
}

NamedCorpus two_files(const std::filesystem::path& source, const std::filesystem::path& target) {
  return {source.string() + " and " + target.string(),
          [=] { return std::make_unique<UncheckedLines>(source, target); }};
}

void require_sound(const ReportCommand& c) {
  const bool one = !c.tsv.empty(), either = !c.source.empty() || !c.target.empty(),
             both = !c.source.empty() && !c.target.empty();
  require_usage(one != either && either == both, "give --tsv, or --source and --target");
  require_usage(c.test_source.size() == c.test_target.size(), "--test-source names ", c.test_source.size(),
                " files, --test-target ", c.test_target.size(), "; give as many");
  require_usage(c.source_column != c.target_column, "--source-column and --target-column are both ",
                c.source_column, "; give two different numbers, counted from 1");
}

void write_report(const ReportCommand& c) {
  require_sound(c);
  std::vector<NamedCorpus> held_out;
  for (const auto& path : c.test_tsv) held_out.push_back(table(c, path));
  for (std::size_t i = 0; i < c.test_source.size(); ++i)
    held_out.push_back(two_files(c.test_source[i], c.test_target[i]));

  Progress progress;
  const Stopwatch watch;
  DataReport report =
      report_on(c.tsv.empty() ? two_files(c.source, c.target) : table(c, c.tsv), held_out,
                {.filters = c.filters, .examples = c.examples, .seed = c.seed}, [&](Index read) {
                  const auto pairs = static_cast<double>(read);
                  if (progress.due())
                    progress.show(fmt::format("{} pairs read  {}", count_text(pairs),
                                              rate_text(pairs, watch.seconds(), "pairs")));
                });
  // What standard input gave cannot be read again.
  if (c.tsv.empty() && c.source != "-" && c.target != "-")
    report.alignment = report_alignment(c.source, c.target);
  progress.clear();
  const std::string page = c.output.string() + ".html", json = c.output.string() + ".json";
  write_file(page, data_report_page(report));
  write_file(json, data_report_json(report));
  std::cout << data_report_text(report) << "written: " << page << " and " << json << '\n';
}

}  // namespace

void add_data_report(CLI::App& data) {
  CLI::App* command = data.add_subcommand(
      "report", "what a corpus is like and what training would drop, as a page to look at and as JSON");
  auto options = std::make_shared<ReportCommand>();
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
