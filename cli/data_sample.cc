#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <ostream>
#include <string>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/images/png.h"
#include "heed/sample/sample_corpus.h"
#include "heed/sample/sample_dialogues.h"
#include "heed/sample/sample_questions.h"
#include "heed/sample/sample_sentences.h"
#include "heed/sample/sample_summaries.h"
#include "heed/sample/shapes.h"

namespace heed {
namespace {

/// What is to be learned from a sample.
enum class SampleTask {
  translation,
  summarization,
  text_generation,
  fill_mask,
  question_answering,
  image_classification
};

}  // namespace

template <>
struct EnumNames<SampleTask> {
  static constexpr std::array names{std::pair{"translation", SampleTask::translation},
                                    std::pair{"summarization", SampleTask::summarization},
                                    std::pair{"text-generation", SampleTask::text_generation},
                                    std::pair{"fill-mask", SampleTask::fill_mask},
                                    std::pair{"question-answering", SampleTask::question_answering},
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
        field(
            "task", &C::task,
            "what is to be learned from it: translation (a TSV of pairs), summarization (a TSV of notes and "
            "their subjects), text-generation (dialogues, as JSON lines), fill-mask (sentences in which each "
            "word follows from the others), "
            "question-answering (questions on made-up paragraphs, in SQuAD's JSON), image-classification "
            "(shapes, in a folder for each class)"),
        field("image_size", &C::image_size, "image-classification: pixels along a side of an image",
              {8, 1024}));
  }
};

/// Into the file that is named, or onto standard output.
void write_output(const std::string& file, const std::function<void(std::ostream&)>& write) {
  if (file.empty())
    write(std::cout);
  else
    write_file(file, write);
}

/// What the corpus is made of, and what these languages cannot say.
void report(const SampleCorpus& corpus) {
  std::string missing;
  for (const SampleKind& kind : corpus.kinds) {
    if (kind.pairs > 0) std::cerr << kind.pairs << ' ' << kind.name << '\n';
    if (kind.forms == 0) missing += (missing.empty() ? "" : ", ") + kind.name;
  }
  if (!missing.empty()) std::cerr << "left out, since ICU has no data for them: " << missing << '\n';
}

void write_pairs(const SampleCommand& command) {
  SampleCorpus corpus;
  try {
    corpus = sample_corpus_by_kind(command.sample);
  } catch (const ConfigError& error) {
    throw CLI::ValidationError(error.what());
  }
  write_output(command.output, [&](std::ostream& out) {
    for (const TextPair& pair : corpus.pairs) out << tsv_row(pair);
  });
  report(corpus);
}

void write_summaries(const SampleCommand& command) {
  write_output(command.output, [&](std::ostream& out) {
    for (const TextPair& pair : sample_summaries(command.sample.count, command.sample.seed))
      out << tsv_row(pair);
  });
}

void write_sentences(const SampleCommand& command) {
  write_output(command.output, [&](std::ostream& out) {
    for (const std::string& sentence : sample_sentences(command.sample.count, command.sample.seed))
      out << sentence << '\n';
  });
}

void write_questions(const SampleCommand& command) {
  write_output(command.output, [&](std::ostream& out) {
    out << sample_questions(command.sample.count, command.sample.seed);
  });
}

void write_dialogues(const SampleCommand& command) {
  write_output(command.output, [&](std::ostream& out) {
    out << sample_dialogues(command.sample.count, command.sample.seed);
  });
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
  if (command.task == SampleTask::translation) return write_pairs(command);
  const SampleOptions usual, &sample = command.sample;
  require_usage(sample.source_locale == usual.source_locale && sample.target_locale == usual.target_locale &&
                    sample.kinds == usual.kinds,
                "--source-locale, --target-locale and --kinds are for --task translation alone");
  switch (command.task) {
    case SampleTask::summarization:
      return write_summaries(command);
    case SampleTask::text_generation:
      return write_dialogues(command);
    case SampleTask::fill_mask:
      return write_sentences(command);
    case SampleTask::question_answering:
      return write_questions(command);
    default:
      return write_images(command);
  }
}

}  // namespace

void add_data_sample(CLI::App& data) {
  CLI::App* sample = data.add_subcommand(
      "sample",
      "write a small corpus to try things with: pairs made from ICU's locale data, or what --task takes");
  auto command = std::make_shared<SampleCommand>();
  add_settings(*sample, settings_of(*command, command->sample));
  sample->add_option("--output", command->output, "where to write it [standard output]; a folder for images")
      ->option_text("PATH");
  sample->final_callback([command] { write_sample(*command); });
}

}  // namespace heed
