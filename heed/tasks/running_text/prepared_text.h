#pragma once
#include <filesystem>
#include <memory>

#include "heed/corpus/text_documents.h"
#include "heed/data/token_stream.h"
#include "heed/data/tokenize_documents.h"
#include "heed/text/tokenizers.h"
#include "heed/training/training_observer.h"

namespace heed {

/// A text as tokens, and what became of it.
struct PreparedText {
  std::shared_ptr<const TokenStream> tokens;
  DocumentReport report;
  TokenCounts counts;
  bool anew = false;  // tokenized now, since the text or what its tokens depend on had changed
};

/// Tokenizes a text into a folder; a stream that lies there and was made from the same is used again. In
/// memory if the folder cannot be written. What is done anew and why is told the observer.
PreparedText prepare_text(const TextDocuments& documents, const Tokenizers& tokenizers, DocumentEnd end,
                          const std::filesystem::path& folder, TrainingObserver& observer);

}  // namespace heed
