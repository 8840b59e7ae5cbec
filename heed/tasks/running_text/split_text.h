#pragma once
#include "heed/model/architecture.h"
#include "heed/tasks/running_text/prepared_text.h"
#include "heed/tasks/running_text/running_text_options.h"
#include "heed/training/task.h"

namespace heed {

/// Some tokens of a stream: those from `begin` on that lie before `end`.
struct StreamPart {
  std::shared_ptr<const TokenStream> tokens;
  Index begin = 0, end = 0;

  Index size() const { return end - begin; }
};

/// A text that is learned from and one that is validated on.
struct SplitText {
  StreamPart training, validation;
  std::vector<DataCounts> counts;  // of documents
};

/// Refuses, with ConfigError or FileError, files that are none before any is read.
void check_text(const RunningTextOptions& text, const DocumentOptions& documents);

/// ConfigError if more is to be seen at once than the model can.
void check_context(const RunningTextOptions& text, const ModelConfig& model);

/// Reads and tokenizes the text that the options name. Without validation text the last tokens of the
/// training text are held out, as nanoGPT splits. What is read and left out is told the run's observer.
SplitText split_text(const RunningTextOptions& text, const DocumentOptions& documents,
                     const Tokenizers& tokenizers, DocumentEnd end, const TaskRun& run);

}  // namespace heed
