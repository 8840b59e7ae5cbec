#include "heed/tasks/text_generation/dialogue_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "heed/corpus/dialogues/dialogue_reader.h"
#include "heed/corpus/text_documents.h"

namespace heed {
namespace {

std::vector<Dialogue> read_part(const std::vector<std::filesystem::path>& files,
                                const DocumentOptions& options, std::string_view which,
                                TrainingObserver& observer) {
  DialogueReport report;
  std::vector<Dialogue> dialogues =
      read_dialogues(files, options.skip_invalid ? BadDialogues::skip : BadDialogues::refuse, report);
  for (const std::string& line : report.lines()) observer.note(fmt::format("{}: {}", which, line));
  return dialogues;
}

void add_lines(std::string_view text, std::vector<std::string_view>& lines) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

void check_dialogues(const TextGenerationOptions& options) {
  const TextOptions& text = options.text;
  require<ConfigError>(
      !options.dialogues.train_dialogues.empty(),
      "valid_dialogues names dialogues to validate on, but there are none to learn from; name "
      "them with train_dialogues");
  require<ConfigError>(
      text.train_text.empty() && text.valid_text.empty(),
      "train_dialogues and train_text are both given, but a run learns from dialogues or from "
      "running text; train on the text first and start from that model with --from");
  require<ConfigError>(
      !text.document_end && options.documents.split == DocumentOptions().split,
      "documents and document_end are about running text, but train_dialogues is given; leave "
      "them out");
  // It refuses files that are not there.
  TextDocuments{options.dialogues.train_dialogues};
  if (!options.dialogues.valid_dialogues.empty()) TextDocuments{options.dialogues.valid_dialogues};
}

DialogueData read_dialogue_data(const TextGenerationOptions& options, TrainingObserver& observer) {
  DialogueData data;
  data.training = read_part(options.dialogues.train_dialogues, options.documents, "training", observer);
  if (!options.dialogues.valid_dialogues.empty()) {
    data.validation = read_part(options.dialogues.valid_dialogues, options.documents, "validation", observer);
  } else {
    const auto held_out =
        std::min(std::ssize(data.training),
                 static_cast<std::ptrdiff_t>(
                     std::ceil(options.text.validation_share * static_cast<double>(data.training.size()))));
    const auto first = data.training.end() - held_out;
    data.validation.assign(std::make_move_iterator(first), std::make_move_iterator(data.training.end()));
    data.training.erase(first, data.training.end());
    observer.note(fmt::format("validation: the last {} of these dialogues", held_out));
  }
  require<DataError>(!data.training.empty(), "training: there are no dialogues to learn from; give more");
  require<DataError>(!data.validation.empty(),
                     "validation: there are no dialogues; give some with valid_dialogues");
  return data;
}

Tokenizers learn_tokenizer_of_dialogues(std::span<const Dialogue> dialogues, const TokenizerConfig& config) {
  std::vector<std::string_view> lines;
  for (const Dialogue& dialogue : dialogues)
    for (const Turn& turn : dialogue) add_lines(turn.text, lines);
  return train_tokenizers(config, lines);
}

DialogueExamples examples_of_dialogues(std::span<const Dialogue> dialogues, const DialogueEncoder& encoder,
                                       std::string_view which, TrainingObserver& observer) {
  DialogueExamples made = dialogue_examples(dialogues, encoder);
  if (made.left_out > 0)
    observer.note(
        fmt::format("{}: {} responses do not fit into the context of {} tokens together with the turn before "
                    "them: they are "
                    "left out; a longer context has room",
                    which, made.left_out, encoder.context()));
  require<DataError>(made.examples->size() > 0, which, ": no response fits into the context of ",
                     encoder.context(), " tokens; make it longer");
  return made;
}

DataCounts counts_of_dialogues(std::string name, std::span<const Dialogue> dialogues,
                               const DialogueExamples& examples) {
  Index turns = 0, responses = 0;
  for (const Dialogue& dialogue : dialogues) {
    turns += std::ssize(dialogue);
    responses += std::ranges::count_if(dialogue, &Turn::response);
  }
  return {std::move(name),
          {{"dialogues", std::ssize(dialogues)},
           {"turns", turns},
           {"responses", responses},
           {"left_out", examples.left_out},
           {"examples", examples.examples->size()}}};
}

}  // namespace heed
