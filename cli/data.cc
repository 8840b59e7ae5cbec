#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
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
#include "heed/images/png.h"
#include "heed/sample/sample_corpus.h"
#include "heed/sample/sample_locales.h"
#include "heed/sample/shapes.h"
#include "heed/text/one_line.h"

namespace heed {
namespace {

/// What a sample is to be learned for.
enum class SampleTask { translation, image_classification };

}  // namespace

template <>
struct EnumNames<SampleTask> {
  static constexpr std::array names{std::pair{"translation", SampleTask::translation},
                                    std::pair{"image-classification", SampleTask::image_classification}};
};

namespace {

struct SampleCommand {
  SampleOptions sample;
  SampleTask task = SampleTask::translation;
  Index image_size = 32;
  std::string output;  // empty: standard output

  static constexpr auto fields() {
    using C = SampleCommand;
    return std::tuple(
        field("task", &C::task,
              "what the sample is for: pairs of sentences, or images of shapes in a folder for each class"),
        field("image_size", &C::image_size, "image-classification: pixels along a side of an image",
              {8, 1024}));
  }
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

void write_tsv(std::ostream& out, const std::vector<TextPair>& pairs) {
  for (const TextPair& pair : pairs)
    out << without_breaks(pair.source) << '\t' << without_breaks(pair.target) << '\n';
}

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
    write_file(command.output / name, [&](std::ostream& out) { write_tsv(out, *pairs); });
    std::cerr << (command.output / name).string() << ": " << pairs->size() << " pairs\n";
  }
}

/// Images of shapes, in a folder for each class.
void write_images(const SampleCommand& command) {
  require_usage(!command.output.empty(), "--output is missing: the folder for the images");
  const std::filesystem::path folder = command.output;
  require<FileError>(!std::filesystem::exists(folder) || std::filesystem::is_empty(folder), folder.string(),
                     ": holds something already; choose another --output");
  for (const std::string& label : shape_labels()) make_folder(folder / label);
  for (Index i = 0; i < command.sample.count; ++i) {
    const DrawnShape drawn = drawn_shape(command.sample.seed, i, command.image_size);
    write_file(folder / drawn.label / (std::to_string(i) + ".png"), encode_png(drawn.image));
  }
  std::cerr << command.sample.count << " images of " << shape_labels().size() << " classes\n";
}

void write_sample(const SampleCommand& command) {
  if (command.task == SampleTask::image_classification) return write_images(command);
  SampleCorpus corpus;
  try {
    corpus = sample_corpus_by_kind(command.sample);
  } catch (const ConfigError& error) {
    throw CLI::ValidationError(error.what());
  }
  const auto write = [&](std::ostream& out) { write_tsv(out, corpus.pairs); };
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

  CLI::App* sample = data->add_subcommand(
      "sample", "write a parallel corpus made from ICU's locale data, as a TSV, or draw images of shapes");
  auto command = std::make_shared<SampleCommand>();
  add_settings(*sample, settings_of(*command, command->sample));
  sample->add_option("--output", command->output, "where to write it [standard output]; a folder for images")
      ->option_text("PATH");
  sample->final_callback([command] { write_sample(*command); });

  CLI::App* split = data->add_subcommand(
      "split", "cut a corpus in three, no source sentence in two of them, whatever its case and punctuation");
  auto parts = std::make_shared<SplitCommand>();
  add_paths(*split, parts->corpus.data);
  add_settings(*split, settings_of(parts->corpus, parts->reading, *parts));
  split->final_callback([parts] { split_corpus(*parts); });

  add_data_convert(*data);
  add_data_report(*data);

  CLI::App* locales = data->add_subcommand("locales", "list the locales that a sample can be made for");
  locales->final_callback([] {
    for (const std::string& locale : sample_locales()) std::cout << locale << '\n';
  });
}

}  // namespace heed
