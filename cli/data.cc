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
#include "heed/sample/sample_corpus.h"
#include "heed/sample/sample_locales.h"
#include "heed/sample/sample_questions.h"
#include "heed/sample/sample_sentences.h"
#include "heed/text/one_line.h"

namespace heed {
namespace {

/// What a sample is to be learned from: parallel text, or what other tasks take.
enum class SampleTask { translation, fill_mask, question_answering };

}  // namespace

template <>
struct EnumNames<SampleTask> {
  static constexpr std::array names{std::pair{"translation", SampleTask::translation},
                                    std::pair{"fill-mask", SampleTask::fill_mask},
                                    std::pair{"question-answering", SampleTask::question_answering}};
};

namespace {

struct SampleChoice {
  SampleTask task = SampleTask::translation;

  static constexpr auto fields() {
    return std::tuple(
        field("task", &SampleChoice::task,
              "what is to be learned from it: translation (a TSV of pairs), fill-mask (sentences "
              "in which each word follows from the others), question-answering (questions on "
              "made-up paragraphs, in SQuAD's JSON)"));
  }
};

struct SampleCommand {
  SampleChoice choice;
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

/// Into the file that is named, or onto standard output.
void write_output(const std::string& file, const std::function<void(std::ostream&)>& write) {
  if (file.empty())
    write(std::cout);
  else
    write_file(file, write);
}

void write_sentences(std::ostream& out, const SampleOptions& sample) {
  for (const std::string& sentence : sample_sentences(sample.count, sample.seed)) out << sentence << '\n';
}

/// A sample of one language.
void write_sample_of(SampleTask task, const SampleCommand& command) {
  const SampleOptions usual, &sample = command.sample;
  require_usage(sample.source_locale == usual.source_locale && sample.target_locale == usual.target_locale,
                "--source-locale and --target-locale are for --task translation alone");
  write_output(command.output, [&](std::ostream& out) {
    if (task == SampleTask::fill_mask)
      write_sentences(out, sample);
    else
      out << sample_questions(sample.count, sample.seed);
  });
}

void write_sample(const SampleCommand& command) {
  if (command.choice.task != SampleTask::translation) return write_sample_of(command.choice.task, command);
  SampleCorpus corpus;
  try {
    corpus = sample_corpus_by_kind(command.sample);
  } catch (const ConfigError& error) {
    throw CLI::ValidationError(error.what());
  }
  write_output(command.output, [&](std::ostream& out) { write_tsv(out, corpus.pairs); });
  report(corpus);
}

}  // namespace

void add_data(CLI::App& program) {
  CLI::App* data = program.add_subcommand("data", "make and look at corpora");
  data->require_subcommand(1);

  CLI::App* sample =
      data->add_subcommand("sample",
                           "write a small corpus to try things with: pairs made from ICU's locale data, "
                           "or what --task takes");
  auto command = std::make_shared<SampleCommand>();
  add_settings(*sample, settings_of(command->choice, command->sample));
  sample->add_option("--output", command->output, "where to write it [standard output]")->option_text("FILE");
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
