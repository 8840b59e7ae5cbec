#pragma once
#include "heed/base/inherited_fields.h"
#include "heed/corpus/text_documents.h"
#include "heed/data/tokenize_documents.h"
#include "heed/tasks/running_text/running_text_options.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// The text that a language model learns from and is validated on.
struct TextOptions : RunningTextOptions {
  std::optional<DocumentEnd> document_end = std::nullopt;

  static constexpr auto fields() {
    return std::tuple_cat(
        inherited_fields<TextOptions, RunningTextOptions>(),
        std::tuple(field("document_end", &TextOptions::document_end,
                         "what marks the end of a document; if not given, EOS, or nothing if the text is "
                         "one file and one document")));
  }
};

/// Dialogues to learn from and to validate on, in the place of running text.
struct DialogueFiles {
  std::vector<std::filesystem::path> train_dialogues{}, valid_dialogues{};

  static constexpr std::string_view title = "Dialogues";
  static constexpr auto fields() {
    using C = DialogueFiles;
    return std::tuple(
        field(
            "train_dialogues", &C::train_dialogues,
            "instead of text: dialogues to learn from, of which the assistant's turns are learned; files of "
            "JSON lines, each {\"messages\": [{\"role\": ..., \"content\": ...}]}, or of bAbI's dialogues"),
        field("valid_dialogues", &C::valid_dialogues,
              "dialogues to validate on, likewise; if not given, the last ones of those to learn from, by "
              "validation_share"));
  }
};

/// What a run that learns to go on with a text can be told besides what every run can.
struct TextGenerationOptions {
  TextOptions text;
  DialogueFiles dialogues;
  DocumentOptions documents;
  TokenizerConfig tokenizer;
};

}  // namespace heed
