#pragma once
#include <optional>

#include "heed/corpus/corpus_options.h"
#include "heed/corpus/filters/filter_options.h"
#include "heed/corpus/pair_source.h"
#include "heed/tasks/translation/corpus_preparation.h"
#include "heed/tasks/translation/deciding_measure.h"
#include "heed/tasks/translation/translation_validation.h"
#include "heed/tasks/translation/validation_measure_options.h"
#include "heed/text/tokenizers.h"
#include "heed/training/task.h"

namespace heed {

/// How the translations that a translator is validated by are searched for.
struct ValidationSearch {
  Index validation_beam = 1;

  static constexpr std::string_view title = "Training";
  static constexpr auto fields() {
    return std::tuple(
        field("validation_beam", &ValidationSearch::validation_beam, "beam size for validation", {1, 64}));
  }
};

/// What a run that learns to translate can be told besides what every run can.
struct TranslationOptions {
  CorpusOptions corpus;
  FilterOptions filters;
  TokenizerConfig tokenizer;
  ValidationSearch validation = {};
  ValidationMeasureOptions measures = {};
};

/// Sentence pairs to an encoder-decoder that translates.
class TranslationTask : public Task {
 public:
  /// The corpora are those that the options name unless others are given.
  explicit TranslationTask(TranslationOptions options = {},
                           std::optional<CorpusSources> corpora = std::nullopt)
      : options_(std::move(options)), sources_(std::move(corpora)) {}

  std::string_view name() const override { return "translation"; }
  std::string_view family() const override { return EncoderDecoder::family; }
  Settings settings() override {
    return settings_of(options_.corpus, options_.filters, options_.tokenizer, options_.validation,
                       options_.measures);
  }
  void check_data() override;
  Vocabularies expected_vocabularies() const override;
  Vocabularies vocabularies(const TaskRun& run) override;
  TaskData read(const TaskRun& run, const ModelSizes& sizes) override;
  std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig& training) const override;
  void finish(const TaskRun& run, const Model& model, Backend& backend) override;
  std::string card_text() const override;

 private:
  void note_deciding_measure(const TaskRun& run) const;

  TranslationOptions options_;
  std::optional<CorpusSources> sources_;
  std::optional<CorpusPreparation> preparation_;
  Tokenizers tokenizers_;
  ValidationSet validation_;
  DecidingMeasure deciding_;
  std::shared_ptr<const Examples> examples_;
};

}  // namespace heed
