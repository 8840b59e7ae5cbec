#include "heed/tasks/text_pairs/text_pair_task.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/alignment/alignment_head_choice.h"
#include "heed/base/quantities.h"
#include "heed/checkpoint/source_lengths.h"
#include "heed/corpus/formats/corpus_sources.h"
#include "heed/data/decoded_sequences.h"
#include "heed/tasks/text_pairs/batch_loss.h"
#include "heed/training/run_tokenizers.h"

namespace heed {
namespace {

void note_report(TrainingObserver& observer, std::string_view which, const ReadReport& report) {
  for (const std::string& line : report.lines()) observer.note(fmt::format("{}: {}", which, line));
}

DataCounts counts_of(std::string name, const ReadReport& report) {
  DataCounts counts{std::move(name), {{"read", report.read}, {"kept", report.kept}}};
  for (const auto& [why, count] : ReadReport::counts())
    if (why != "read" && why != "kept") counts.counts.emplace_back(why, report.*count);
  for (const ReadReport::Filtered& filter : report.filtered)
    counts.counts.emplace_back(filter.why, filter.count);
  return counts;
}

/// The validation pairs that have examples; those that are too long are left out of both.
ValidationSet validation_set(ParallelCorpus corpus, const Tokenizers& tokenizers, const LengthLimits& limits,
                             ReadReport& report) {
  report = corpus.report;
  const Index all = std::ssize(corpus.pairs);
  ValidationSet set = make_validation_set(std::move(corpus.pairs), tokenizers, limits);
  report.too_long += all - std::ssize(set.pairs);
  report.kept -= all - std::ssize(set.pairs);
  return set;
}

// Enough to tell heads apart, in a second.
constexpr Index pairs_to_align = 1000;

/// Tokens that all but one in a thousand sources have at most.
Index usual_length(const Examples& examples) {
  std::vector<Index> counts;  // by length
  for (Index i = 0; i < examples.size(); ++i) {
    const auto length = static_cast<std::size_t>(examples.rows(i, 0));
    if (length >= counts.size()) counts.resize(length + 1, 0);
    ++counts[length];
  }
  examples.forget();
  Index longer = 0;
  auto length = std::ssize(counts) - 1;
  for (; length > 0; --length) {
    longer += counts[static_cast<std::size_t>(length)];
    if (1000 * longer > examples.size()) break;
  }
  return std::max<Index>(length, 0);
}

}  // namespace

void TextPairTask::check_data() {
  if (!sources_) sources_ = corpus_sources(pair_options_.corpus);
}

Vocabularies TextPairTask::expected_vocabularies() const {
  const Index tokens = expected_vocabulary_size(completed(pair_options_.tokenizer));
  return {tokens, tokens, pair_options_.tokenizer.joint};
}

Vocabularies TextPairTask::vocabularies(const TaskRun& run) {
  preparation_.emplace(*sources_, pair_options_.filters, run.training.seed, run.folder.examples(),
                       run.observer);
  preparation_->keep_held_out(run.folder.held_out_file(), run.resumed);
  tokenizers_ = run_tokenizers(run, {.config = pair_options_.tokenizer}, [&](const TokenizerConfig& config) {
    return preparation_->learn_tokenizers(config);
  });
  return {tokenizers_.source->vocabulary_size(), tokenizers_.target->vocabulary_size(), tokenizers_.joint()};
}

TaskData TextPairTask::read(const TaskRun& run, const ModelSizes& sizes) {
  LengthLimits limits{.max_length = pair_options_.corpus.max_length,
                      .max_ratio = pair_options_.corpus.max_length_ratio};
  limits.max_length = std::max(limits.max_length, source_tokens());
  limits.max_length = std::min(limits.max_length, sizes.longest_sequence - 1);
  limits.source_tokens = std::min(source_tokens(), limits.max_length);
  PreparedCorpora prepared = preparation_->examples(tokenizers_, limits);
  preparation_.reset();
  sources_.reset();
  note_report(run.observer, "training", prepared.report);
  ReadReport validation_report;
  validation_ = validation_set(std::move(prepared.validation), tokenizers_, limits, validation_report);
  note_report(run.observer, "validation", validation_report);
  examples_ = prepared.examples;
  const Index source_count = examples_->tokens(0), target_count = examples_->tokens(1);
  run.observer.note(fmt::format("tokens: {} source, {} target", count_text(static_cast<double>(source_count)),
                                count_text(static_cast<double>(target_count))));
  require<DataError>(examples_->size() > 0, "training: the corpus has no sentence pair left to train on");
  require<DataError>(
      validation_.examples.size() > 0,
      "training: the validation set has no sentence pair; give one, or more text to take one from");
  save_source_lengths(run.folder.path(), {.usual = usual_length(*examples_), .read = limits.source_tokens});
  have_read(run);
  return {.examples = examples_,
          .corpora = prepared.corpora,
          .bucket = pair_options_.corpus.length_bucket,
          .counts = {counts_of("training", prepared.report),
                     counts_of("validation", validation_report),
                     {"tokens", {{"source", source_count}, {"target", target_count}}}}};
}

void TextPairTask::finish(const TaskRun& run, const Model& model, Backend& backend) {
  std::vector<TokenPair> pairs;
  for (Index i = 0; i < std::min(validation_.examples.size(), pairs_to_align); ++i) {
    const auto source = validation_.examples.sequence(i, 0), target = validation_.examples.sequence(i, 1);
    pairs.push_back({{source.begin(), source.end()}, {target.begin(), target.end()}});
  }
  const auto head = choose_alignment_head(require_family<EncoderDecoder>(model, name()), backend, pairs);
  save_alignment_head(run.folder.path(), head.value_or(AlignmentHead{}));
  if (head)
    run.observer.note(
        fmt::format("words are aligned by head {} of {}{}: it agrees by {:.2f} with IBM Model 1", head->head,
                    head->layer, head->shifted ? ", a token later" : "", head->agreement));
}

void TextPairTask::check(const ModelConfig& model) const {
  require<ConfigError>(
      !model.value<bool>("copy").value_or(false) || pair_options_.tokenizer.joint,
      "copy copies tokens of the source, but joint_vocabulary is off; leave one of them away");
}

std::string TextPairTask::data_text() const {
  return fmt::format("{} sentence pairs ({} source and {} target tokens, vocabularies of {} and {} pieces)",
                     examples_->size(), examples_->tokens(0), examples_->tokens(1),
                     tokenizers_.source->vocabulary_size(), tokenizers_.target->vocabulary_size());
}

Loss TextPairObjective::loss(Pass& pass, const Batch& batch) const {
  return {batch_loss(model_, pass, batch, label_smoothing_), static_cast<double>(tokens(batch))};
}

std::vector<std::string> TextPairObjective::texts(const Batch& batch) const {
  return decoded_sequences(batch.columns.at(0), *tokenizers_.source);
}

}  // namespace heed
