#pragma once
#include <optional>

#include "heed/model/language_model.h"
#include "heed/tasks/text_generation/dialogue_data.h"
#include "heed/tasks/text_generation/dialogue_objective.h"
#include "heed/tasks/text_generation/text_options.h"
#include "heed/tasks/text_generation/text_validation.h"
#include "heed/training/task.h"

namespace heed {

/// Text to a language model that goes on with it, or dialogues to one that answers.
class TextGenerationTask : public Task {
 public:
  explicit TextGenerationTask(TextGenerationOptions options = {}) : options_(std::move(options)) {}

  std::string_view name() const override { return "text-generation"; }
  std::string_view family() const override { return LanguageModel::family; }
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
  bool learns_dialogues() const;
  DocumentEnd document_end() const;
  TaskData read_dialogues(const TaskRun& run, Index context);

  TextGenerationOptions options_;
  Tokenizers tokenizers_;
  std::shared_ptr<const TokenWindows> training_;
  Index training_tokens_ = 0;
  ValidationText validation_;
  // Of dialogues, in the place of the three before.
  DialogueData dialogues_;
  DialogueExamples training_dialogues_;
  ValidationDialogues validation_dialogues_;
};

}  // namespace heed
