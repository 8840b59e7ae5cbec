#include "heed/tasks/translation/translation_task.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/quantities.h"
#include "heed/checkpoint/model_languages.h"
#include "heed/checkpoint/source_lengths.h"
#include "heed/corpus/formats/corpus_sources.h"
#include "heed/data/dataset_fingerprint.h"
#include "heed/data/decoded_sequences.h"
#include "heed/tasks/translation/batch_loss.h"
#include "heed/training/run_tokenizers.h"

namespace heed {
namespace {

class TranslationObjective : public Objective {
 public:
  TranslationObjective(const EncoderDecoder& model, const Tokenizers& tokenizers, const ValidationSet& set,
                       const ValidationOptions& validation, const DecidingMeasure& deciding,
                       double label_smoothing)
      : model_(model),
        tokenizers_(tokenizers),
        set_(set),
        validation_(validation),
        deciding_(deciding),
        label_smoothing_(static_cast<float>(label_smoothing)) {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    return {batch_loss(model_, pass, batch, label_smoothing_), static_cast<double>(tokens(batch))};
  }
  std::string_view loss_unit() const override { return "token"; }
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns.at(1).tokens); }

  Validation validate(Backend& backend) const override {
    return heed::validate(model_, backend, tokenizers_, set_, validation_).validation();
  }

  std::vector<std::string_view> measures() const override { return measures_to_decide_by(deciding_); }

  std::string validation_fingerprint() const override {
    return fmt::format("{}, beam {}, BLEU {}", fingerprint(set_.examples), validation_.beam,
                       enum_name(validation_.bleu_tokenization));
  }

  std::vector<std::string> texts(const Batch& batch) const override {
    return decoded_sequences(batch.columns.at(0), *tokenizers_.source);
  }

 private:
  const EncoderDecoder& model_;
  const Tokenizers& tokenizers_;
  const ValidationSet& set_;
  ValidationOptions validation_;
  DecidingMeasure deciding_;
  float label_smoothing_;
};

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
  ValidationSet set = make_validation_set(std::move(corpus.pairs), tokenizers, limits.max_length);
  report.too_long += all - std::ssize(set.pairs);
  report.kept -= all - std::ssize(set.pairs);
  return set;
}

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

void TranslationTask::check_data() {
  if (!sources_) sources_ = corpus_sources(options_.corpus);
}

Vocabularies TranslationTask::expected_vocabularies() const {
  const Index tokens = expected_vocabulary_size(completed(options_.tokenizer));
  return {tokens, tokens, options_.tokenizer.joint};
}

Vocabularies TranslationTask::vocabularies(const TaskRun& run) {
  preparation_.emplace(*sources_, options_.filters, run.training.seed, run.folder.examples(), run.observer);
  preparation_->keep_held_out(run.folder.held_out_file(), run.resumed);
  tokenizers_ = run_tokenizers(run, {.config = options_.tokenizer}, [&](const TokenizerConfig& config) {
    return preparation_->learn_tokenizers(config);
  });
  return {tokenizers_.source->vocabulary_size(), tokenizers_.target->vocabulary_size(), tokenizers_.joint()};
}

TaskData TranslationTask::read(const TaskRun& run, const ModelSizes& sizes) {
  LengthLimits limits{.max_length = options_.corpus.max_length,
                      .max_ratio = options_.corpus.max_length_ratio};
  limits.max_length = std::min(limits.max_length, sizes.longest_sequence - 1);
  PreparedCorpora prepared = preparation_->examples(tokenizers_, limits);
  preparation_.reset();
  sources_.reset();
  note_report(run.observer, "training", prepared.report);
  ReadReport validation_report;
  validation_ = validation_set(std::move(prepared.validation), tokenizers_, limits, validation_report);
  note_report(run.observer, "validation", validation_report);
  examples_ = prepared.examples;
  const Index source_tokens = examples_->tokens(0), target_tokens = examples_->tokens(1);
  run.observer.note(fmt::format("tokens: {} source, {} target",
                                count_text(static_cast<double>(source_tokens)),
                                count_text(static_cast<double>(target_tokens))));
  require<DataError>(examples_->size() > 0, "training: the corpus has no sentence pair left to train on");
  require<DataError>(
      validation_.examples.size() > 0,
      "training: the validation set has no sentence pair; give one, or more text to take one from");
  save_source_lengths(run.folder.path(), {.usual = usual_length(*examples_)});
  const ModelLanguages languages{options_.corpus.source_language, options_.corpus.target_language};
  if (languages.known()) save_model_languages(run.folder.path(), languages);
  deciding_ = deciding_measure(validation_, options_.measures.bleu_tokenization);
  note_deciding_measure(run);
  return {.examples = examples_,
          .corpora = prepared.corpora,
          .bucket = options_.corpus.length_bucket,
          .counts = {counts_of("training", prepared.report),
                     counts_of("validation", validation_report),
                     {"tokens", {{"source", source_tokens}, {"target", target_tokens}}}}};
}

void TranslationTask::note_deciding_measure(const TaskRun& run) const {
  if (deciding_.why.empty() || run.training.metric.value_or("bleu") != "bleu") return;
  run.observer.note(
      run.training.metric
          ? fmt::format("warning: BLEU decides which model is the best, but says little here: {}",
                        deciding_.why)
          : fmt::format("chrF decides which model is the best, not BLEU, which says little here: {}",
                        deciding_.why));
}

std::unique_ptr<Objective> TranslationTask::objective(const Model& model,
                                                      const TrainingConfig& training) const {
  const ValidationOptions validation{.beam = options_.validation.validation_beam,
                                     .samples = training.samples,
                                     .batch_tokens = training.batch_tokens,
                                     .bleu_tokenization = options_.measures.bleu_tokenization};
  return std::make_unique<TranslationObjective>(require_family<EncoderDecoder>(model, "translation"),
                                                tokenizers_, validation_, validation, deciding_,
                                                training.label_smoothing);
}

std::string TranslationTask::card_text() const {
  return fmt::format(
      "BLEU is sacreBLEU's {}. Trained on {} sentence pairs ({} source and {} target tokens, "
      "vocabularies of {} and {} pieces). ",
      enum_name(options_.measures.bleu_tokenization), examples_->size(), examples_->tokens(0),
      examples_->tokens(1), tokenizers_.source->vocabulary_size(), tokenizers_.target->vocabulary_size());
}

}  // namespace heed
