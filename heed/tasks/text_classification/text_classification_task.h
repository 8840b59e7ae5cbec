#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "heed/corpus/labeled/class_sizes.h"
#include "heed/corpus/labeled/labeled_text.h"
#include "heed/model/masked_language_model.h"
#include "heed/tasks/text_classification/classification_validation.h"
#include "heed/text/tokenizers.h"
#include "heed/text_classifier/network/text_classes.h"
#include "heed/training/task.h"

namespace heed {

/// Which labeled texts a classifier learns from, and how.
struct LabeledTextOptions {
  std::vector<std::filesystem::path> train_texts, valid_texts;
  double validation_share = 0.1;
  LabelReading reading;
  ClassSizeOptions class_sizes;
  double word_dropout = 0.1;

  static constexpr std::string_view title = "Texts";
  static constexpr auto fields() {
    using O = LabeledTextOptions;
    return std::tuple(
        field("train_texts", &O::train_texts, "training texts with labels, one per line"),
        field("valid_texts", &O::valid_texts,
              "validation texts with labels; if not given, some are held out"),
        field("validation_share", &O::validation_share,
              "share of each class of the training texts that is held out to validate on, if no validation "
              "texts are given",
              {0.001, 0.5}),
        field("word_dropout", &O::word_dropout,
              "share of tokens replaced by the unknown token while training, drawn anew for each epoch",
              {0, 0.95}));
  }
};

/// What a run that learns to classify texts can be told besides what every run can.
struct TextClassificationOptions {
  LabeledTextOptions texts;
  TextPreparation preparation;
  TokenizerConfig tokenizer{.kind = TokenizerKind::whitespace};
};

/// Labeled texts in memory; without validation texts, some of the others are held out.
struct LabeledTexts {
  std::vector<LabeledText> training;
  std::optional<std::vector<LabeledText>> validation;
};

/// The same with texts to validate on, some of the others where there are none: those of before, if the
/// folder holds a run that goes on, or as validation_split draws them by the seed.
LabeledTexts with_validation(LabeledTexts texts, const RunFolder& folder, std::uint64_t seed, double share);

/// Labeled texts to a network that predicts labels.
class TextClassificationTask : public Task {
 public:
  /// The texts are those of the files that the options name unless others are given.
  explicit TextClassificationTask(TextClassificationOptions options = {},
                                  std::optional<LabeledTexts> texts = std::nullopt)
      : options_(std::move(options)), texts_(std::move(texts)) {}

  std::string_view name() const override { return text_classification; }
  std::string_view family() const override { return Classifier::family; }
  std::vector<std::string_view> trains_further() const override { return {text_classification, fill_mask}; }
  Settings settings() override;
  void set_defaults(TrainingConfig& training, ModelOptions& model) const override;
  void check_data() override;
  void check(const ModelConfig& model) const override;
  Vocabularies expected_vocabularies() const override;
  Vocabularies vocabularies(const TaskRun& run) override;
  TaskData read(const TaskRun& run, const ModelSizes& sizes) override;
  std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig& training) const override;
  std::string card_text() const override;

  /// Of the classes, in their order: known once a run has begun.
  const std::vector<std::string>& labels() const { return classes_.labels; }

 private:
  void read_texts(const TaskRun& run);

  TextClassificationOptions options_;
  std::optional<LabeledTexts> texts_;
  TextClasses classes_;
  Tokenizers tokenizers_;
  ClassifiedTexts validation_;
  Index training_texts_ = 0, training_tokens_ = 0;
};

}  // namespace heed
