#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <ostream>

#include "cli/commands.h"
#include "cli/corpus_names.h"
#include "cli/flags.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/base/stopwatch.h"
#include "heed/corpus/formats/found_corpora.h"
#include "heed/text/one_line.h"

namespace heed {
namespace {

struct ConvertCommand {
  std::vector<std::filesystem::path> data;
  ReadOptions reading;
  std::filesystem::path output;  // empty: standard output
};

/// Corpora on disk take so many bytes.
std::uintmax_t bytes_of(const std::vector<FoundCorpus>& corpora) {
  std::uintmax_t bytes = 0;
  for (const FoundCorpus& corpus : corpora) {
    bytes += std::filesystem::file_size(corpus.path);
    if (!corpus.target.empty()) bytes += std::filesystem::file_size(corpus.target);
  }
  return bytes;
}

void write_table(PairReader& reader, std::ostream& out) {
  for (TextPair pair; reader.next(pair);) out << tsv_row(std::move(pair));
}

/// Writes STEM.en and STEM.de: both or, where something fails, neither.
void write_two_files(PairReader& reader, const ConvertCommand& command) {
  const std::string stem = command.output.string() + ".";
  write_file(stem + command.reading.source_language, [&](std::ostream& sources) {
    write_file(stem + command.reading.target_language, [&](std::ostream& targets) {
      for (TextPair pair; reader.next(pair);) {
        sources << without_breaks(std::move(pair.source)) << '\n';
        targets << without_breaks(std::move(pair.target)) << '\n';
      }
    });
  });
}

void convert(const ConvertCommand& command) {
  const std::string extension = command.output.extension().string();
  const bool table =
      command.output.empty() || extension == ".tsv" || std::filesystem::is_other(command.output);
  require_usage(
      table || (!command.reading.source_language.empty() && !command.reading.target_language.empty()),
      "--output ", command.output.string(),
      " is the beginning of two names, which end with "
      "--source-language and --target-language; give both, or a name that ends with .tsv");
  require_usage(table || command.reading.source_language != command.reading.target_language,
                "--source-language and --target-language are both ", command.reading.source_language);
  const Stopwatch watch;
  ReadReport report;
  const std::vector<FoundCorpus> corpora = find_corpora(command.data, command.reading, report);
  const auto reader = open_corpora(corpora, command.reading, report);
  if (command.output.empty())
    write_table(*reader, std::cout);
  else if (table)
    write_file(command.output, [&](std::ostream& out) { write_table(*reader, out); });
  else
    write_two_files(*reader, command);
  const double seconds = watch.seconds(), megabytes = static_cast<double>(bytes_of(corpora)) / 1e6;
  for (const std::string& line : report.lines()) std::cerr << line << '\n';
  std::cerr << fmt::format("{} {}, {:.1f} MB, in {:.2f} s: {:.1f} MB/s\n", corpora.size(),
                           corpora.size() == 1 ? "corpus" : "corpora", megabytes, seconds,
                           megabytes / seconds);
}

}  // namespace

void add_data_convert(CLI::App& data) {
  CLI::App* convert_app = data.add_subcommand(
      "convert", "write the pairs of corpora in any format as a TSV or as two files of sentences");
  auto command = std::make_shared<ConvertCommand>();
  add_paths(*convert_app, command->data).required();
  add_settings(*convert_app, settings_of(command->reading));
  convert_app
      ->add_option(
          "--output", command->output,
          "FILE.tsv, or the beginning of two names: corpus for corpus.en and corpus.de [standard output]")
      ->option_text("FILE");
  convert_app->final_callback([command] { convert(*command); });
}

}  // namespace heed
