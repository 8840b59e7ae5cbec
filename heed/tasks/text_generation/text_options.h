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

/// What a run that learns to go on with a text can be told besides what every run can.
struct TextGenerationOptions {
  TextOptions text;
  DocumentOptions documents;
  TokenizerConfig tokenizer;
};

}  // namespace heed
