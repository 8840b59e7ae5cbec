#pragma once
#include "heed/dialogues/dialogue_examples.h"
#include "heed/tasks/text_generation/text_options.h"
#include "heed/text/tokenizers.h"
#include "heed/training/task.h"

namespace heed {

/// The dialogues that a run learns from and is validated on.
struct DialogueData {
  std::vector<Dialogue> training, validation;
};

/// Refuses, with ConfigError or FileError, options that go with running text alone, and files that are not
/// there, before any is read.
void check_dialogues(const TextGenerationOptions& options);

/// Reads the files that options name. Without any to validate on, the last dialogues are held out. What is
/// read and left out is told. DataError if there is nothing of either.
DialogueData read_dialogue_data(const TextGenerationOptions& options, TrainingObserver& observer);

/// A tokenizer learned from all turns.
Tokenizers learn_tokenizer_of_dialogues(std::span<const Dialogue> dialogues, const TokenizerConfig& config);

/// Dialogues as examples; responses that do not fit are told. DataError if none fits.
DialogueExamples examples_of_dialogues(std::span<const Dialogue> dialogues, const DialogueEncoder& encoder,
                                       std::string_view which, TrainingObserver& observer);

/// Of dialogues and of their examples, for the log.
DataCounts counts_of_dialogues(std::string name, std::span<const Dialogue> dialogues,
                               const DialogueExamples& examples);

}  // namespace heed
