#pragma once
#include "heed/tasks/text_pairs/text_pair_task.h"
#include "heed/tasks/translation/deciding_measure.h"
#include "heed/tasks/translation/translation_validation.h"
#include "heed/tasks/translation/validation_measure_options.h"

namespace heed {

/// What a run that learns to translate can be told besides what every run can.
struct TranslationOptions : TextPairOptions {
  ValidationMeasureOptions validation = {};
};

/// Sentence pairs to an encoder-decoder that translates.
class TranslationTask : public TextPairTask {
 public:
  /// The corpora are those that the options name unless others are given.
  explicit TranslationTask(TranslationOptions options = {},
                           std::optional<CorpusSources> corpora = std::nullopt)
      : TextPairTask(options_, std::move(corpora)), options_(std::move(options)) {}

  std::string_view name() const override { return "translation"; }
  Settings settings() override {
    return settings_of(options_.corpus, options_.filters, options_.tokenizer, options_.validation);
  }
  void check_data() override;
  std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig& training) const override;
  std::string card_text() const override;

 protected:
  void have_read(const TaskRun& run) override;

 private:
  void note_deciding_measure(const TaskRun& run) const;

  TranslationOptions options_;
  DecidingMeasure deciding_;
};

}  // namespace heed
