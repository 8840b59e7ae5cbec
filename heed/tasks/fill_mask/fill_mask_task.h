#pragma once
#include "heed/model/masked_language_model.h"
#include "heed/tasks/fill_mask/fill_mask_options.h"
#include "heed/tasks/fill_mask/fill_mask_validation.h"
#include "heed/training/task.h"

namespace heed {

/// Text to a model that fills in what is masked of it: BERT's pre-training.
class FillMaskTask : public Task {
 public:
  explicit FillMaskTask(FillMaskOptions options = {}) : options_(std::move(options)) {}

  std::string_view name() const override { return fill_mask; }
  std::string_view family() const override { return MaskedLanguageModel::family; }
  Settings settings() override;
  void set_defaults(TrainingConfig& training, ModelOptions& model) const override;
  void check_data() override;
  void check(const ModelConfig& model) const override;
  Vocabularies expected_vocabularies() const override;
  Vocabularies vocabularies(const TaskRun& run) override;
  TaskData read(const TaskRun& run, const ModelSizes& sizes) override;
  std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig& training) const override;
  std::string card_text() const override;

 private:
  FillMaskOptions options_;
  Tokenizers tokenizers_;
  Index training_tokens_ = 0, validation_tokens_ = 0;
  std::shared_ptr<const MaskedChunks> validation_;
};

}  // namespace heed
