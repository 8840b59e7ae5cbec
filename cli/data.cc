#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <ostream>
#include <string>

#include "cli/commands.h"
#include "cli/corpus_names.h"
#include "cli/flags.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/corpus/split.h"
#include "heed/sample/sample_locales.h"

namespace heed {
namespace {

struct SplitCommand {
  CorpusNames corpus;
  ReadOptions reading;
  std::filesystem::path output;
  Index valid = 1000, test = 1000;
  std::uint64_t seed = 1;

  static constexpr auto fields() {
    using C = SplitCommand;
    return std::tuple(field("valid", &C::valid, "approximate number of validation pairs", {0}),
                      field("test", &C::test, "approximate number of test pairs", {0}),
                      field("seed", &C::seed, "random seed of the split", {0}),
                      field("output", &C::output, "folder for train.tsv, valid.tsv and test.tsv"));
  }
};

void split_corpus(const SplitCommand& command) {
  require_usage(!command.output.empty(), "--output is missing: the folder for the three parts");
  ParallelCorpus corpus;
  const auto reader = open_corpora(find_named(command.corpus, command.reading, corpus.report),
                                   command.reading, corpus.report);
  corpus.pairs = read_all(*reader);
  for (const std::string& line : corpus.report.lines()) std::cerr << line << '\n';
  require<DataError>(!corpus.pairs.empty(), "data split: the corpus has no sentence pair");
  const Index most = std::max<Index>(std::ssize(corpus.pairs) / 10, 1);
  for (const auto& [name, asked] : {std::pair{"--valid", command.valid}, std::pair{"--test", command.test}})
    if (asked > most)
      std::cerr << name << ' ' << asked << ": at most a tenth of the corpus is taken, about " << most
                << " pairs\n";
  const CorpusSplit parts = split(std::move(corpus), command.valid, command.test, command.seed);
  std::filesystem::create_directories(command.output);
  for (const auto& [name, pairs] :
       {std::pair{"train.tsv", &parts.train}, std::pair{"valid.tsv", &parts.valid},
        std::pair{"test.tsv", &parts.test}}) {
    write_file(command.output / name, [&](std::ostream& out) {
      for (const TextPair& pair : *pairs) out << tsv_row(pair);
    });
    std::cerr << (command.output / name).string() << ": " << pairs->size() << " pairs\n";
  }
}

}  // namespace

void add_data(CLI::App& program) {
  CLI::App* data = program.add_subcommand("data", "make and look at corpora");
  data->require_subcommand(1);

  add_data_sample(*data);
  add_data_convert(*data);
  CLI::App* split = data->add_subcommand(
      "split", "cut a corpus in three, no source sentence in two of them, whatever its case and punctuation");
  auto parts = std::make_shared<SplitCommand>();
  add_paths(*split, parts->corpus.data);
  add_settings(*split, settings_of(parts->corpus, parts->reading, *parts));
  split->final_callback([parts] { split_corpus(*parts); });

  add_data_report(*data);

  CLI::App* locales = data->add_subcommand("locales", "list the locales that a sample can be made for");
  locales->final_callback([] {
    for (const std::string& locale : sample_locales()) std::cout << locale << '\n';
  });
}

}  // namespace heed
