#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <ostream>
#include <string>

#include "cli/commands.h"
#include "cli/flags.h"
#include "heed/base/files.h"
#include "heed/data/sample_corpus.h"
#include "heed/data/sample_locales.h"

namespace heed {
namespace {

struct SampleCommand {
  SampleOptions sample;
  std::string output;  // empty: standard output
};

/// What the corpus is made of, and what these languages cannot say.
void report(const SampleCorpus& corpus) {
  std::string missing;
  for (const SampleKind& kind : corpus.kinds) {
    if (kind.pairs > 0) std::cerr << kind.pairs << ' ' << kind.name << '\n';
    if (kind.forms == 0) missing += (missing.empty() ? "" : ", ") + kind.name;
  }
  if (!missing.empty()) std::cerr << "left out, for want of locale data: " << missing << '\n';
}

void write_sample(const SampleCommand& command) {
  SampleCorpus corpus;
  try {
    corpus = sample_corpus_by_kind(command.sample);
  } catch (const ConfigError& error) {
    throw CLI::ValidationError(error.what());
  }
  const auto write = [&](std::ostream& out) {
    for (const TextPair& pair : corpus.pairs) out << pair.source << '\t' << pair.target << '\n';
  };
  if (command.output.empty()) {
    write(std::cout);
  } else {
    write_file(command.output, write);
  }
  report(corpus);
}

}  // namespace

void add_data(CLI::App& program) {
  CLI::App* data = program.add_subcommand("data", "make and look at corpora");
  data->require_subcommand(1);

  CLI::App* sample =
      data->add_subcommand("sample", "write a parallel corpus made from ICU's locale data, as a TSV");
  auto command = std::make_shared<SampleCommand>();
  add_settings(*sample, settings_of(command->sample));
  sample->add_option("--output", command->output, "where to write it [standard output]")->option_text("FILE");
  sample->final_callback([command] { write_sample(*command); });

  CLI::App* locales = data->add_subcommand("locales", "list the locales that a sample can be made for");
  locales->final_callback([] {
    for (const std::string& locale : sample_locales()) std::cout << locale << '\n';
  });
}

}  // namespace heed
