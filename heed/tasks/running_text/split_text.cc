#include "heed/tasks/running_text/split_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "heed/base/quantities.h"
#include "heed/tasks/running_text/learned_text.h"

namespace heed {
namespace {

void note_report(TrainingObserver& observer, std::string_view which, const PreparedText& text) {
  for (const std::string& line : text.report.lines()) observer.note(fmt::format("{}: {}", which, line));
  if (text.counts.unknown > 0)
    observer.note(fmt::format("{}: the tokenizer does not know {} of the {} tokens", which,
                              count_text(static_cast<double>(text.counts.unknown)),
                              count_text(static_cast<double>(text.counts.tokens))));
}

DataCounts counts_of(std::string name, const PreparedText& text) {
  return {std::move(name),
          {{"documents", text.report.documents},
           {"bytes", text.report.bytes},
           {"empty", text.report.empty},
           {"invalid", text.report.invalid},
           {"unknown", text.counts.unknown}}};
}

void warn_of_tokens_learned_from(const LearnedText& learned, const StreamPart& validation,
                                 TrainingObserver& observer) {
  if (const Index shared = learned.shared_with(*validation.tokens, validation.begin); shared > 0)
    observer.note(fmt::format(
        "warning: {} of the {} tokens to validate on stand in text that the run has learned from: it will "
        "seem better than it is; give another --valid-text",
        shared, validation.size()));
}

}  // namespace

void check_text(const RunningTextOptions& text, const DocumentOptions& documents) {
  require<ConfigError>(!text.train_text.empty(),
                       "there is no text to learn from; name files with train_text");
  TextDocuments(text.train_text, documents);
  if (!text.valid_text.empty()) TextDocuments(text.valid_text, documents);
}

void check_context(const RunningTextOptions& text, const ModelConfig& model) {
  const Index longest = model.sizes().longest_sequence;
  require<ConfigError>(text.context.value_or(1) <= longest, "context is ", text.context.value_or(0),
                       ", but the model sees no more than ", longest,
                       " tokens; make context smaller or, of a new model, maximum_positions larger");
}

SplitText split_text(const RunningTextOptions& text, const DocumentOptions& documents,
                     const Tokenizers& tokenizers, DocumentEnd end, const TaskRun& run) {
  SplitText split;
  // Of the tokens that lie in the folder, before those of another text take their place.
  const std::optional<LearnedText> learned = run.resumed ? load_learned_text(run.folder) : std::nullopt;
  const auto prepare = [&](const std::vector<std::filesystem::path>& files, std::string_view name) {
    PreparedText prepared = prepare_text(TextDocuments(files, documents), tokenizers, end,
                                         run.folder.examples() / name, run.observer);
    note_report(run.observer, name, prepared);
    split.counts.push_back(counts_of(std::string(name), prepared));
    return prepared;
  };
  const PreparedText training = prepare(text.train_text, "training");
  const Index all = training.tokens->size();
  split.training = {training.tokens, 0, all};
  if (text.valid_text.empty()) {
    split.training.end =
        static_cast<Index>(std::floor(static_cast<double>(all) * (1 - text.validation_share)));
    split.validation = {training.tokens, split.training.end, all};
    if (run.resumed && training.anew && !learned)
      run.observer.note(
          "warning: the end of another text is validated on now, which the run may have learned from: it may "
          "seem better than it is; give --valid-text");
  } else {
    const PreparedText validation = prepare(text.valid_text, "validation");
    split.validation = {validation.tokens, 0, validation.tokens->size()};
  }
  if (learned) warn_of_tokens_learned_from(*learned, split.validation, run.observer);
  save_learned_tokens(run.folder, learned && !training.anew ? std::max(learned->end, split.training.end)
                                                            : split.training.end);
  return split;
}

}  // namespace heed
