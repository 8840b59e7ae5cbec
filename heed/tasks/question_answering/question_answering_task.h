#pragma once
#include <optional>

#include "heed/model/masked_language_model.h"
#include "heed/tasks/question_answering/answer_validation.h"
#include "heed/tasks/question_answering/question_options.h"
#include "heed/training/task.h"

namespace heed {

/// Questions about paragraphs to a model that finds their answers there.
class QuestionAnsweringTask : public Task {
 public:
  explicit QuestionAnsweringTask(QuestionAnsweringOptions options = {}) : options_(std::move(options)) {}

  std::string_view name() const override { return question_answering; }
  std::string_view family() const override { return Classifier::family; }
  std::vector<std::string_view> trains_further() const override { return {question_answering, fill_mask}; }
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
  struct Sets {
    QuestionSet training, validation;
  };
  Sets read_sets(const TaskRun& run) const;
  SpanSearchOptions search() const;

  QuestionAnsweringOptions options_;
  std::optional<Sets> sets_;
  Tokenizers tokenizers_;
  KnownAnswers known_;
  QuestionsInWindows validation_;
  std::shared_ptr<const QuestionExamples> validation_asked_;
  Index training_questions_ = 0, training_windows_ = 0;
};

}  // namespace heed
