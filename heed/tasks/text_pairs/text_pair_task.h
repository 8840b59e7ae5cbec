#pragma once
#include <optional>

#include "heed/corpus/corpus_options.h"
#include "heed/corpus/filters/filter_options.h"
#include "heed/corpus/pair_source.h"
#include "heed/tasks/text_pairs/corpus_preparation.h"
#include "heed/tasks/text_pairs/validation_set.h"
#include "heed/text/tokenizers.h"
#include "heed/training/task.h"

namespace heed {

/// What a run that learns from pairs of texts can be told besides what every run can.
struct TextPairOptions {
  CorpusOptions corpus;
  FilterOptions filters;
  TokenizerConfig tokenizer;
};

/// Pairs of texts to an encoder-decoder that writes the second for the first: data, vocabularies and what
/// becomes of the model at the end. What is measured is for the task that derives from it.
class TextPairTask : public Task {
 public:
  /// The corpora are those that the options name unless others are given. The options must outlive it.
  explicit TextPairTask(TextPairOptions& options, std::optional<CorpusSources> corpora = std::nullopt)
      : pair_options_(options), sources_(std::move(corpora)) {}

  std::string_view family() const override { return EncoderDecoder::family; }
  void check_data() override;
  void check(const ModelConfig& model) const override;
  Vocabularies expected_vocabularies() const override;
  Vocabularies vocabularies(const TaskRun& run) override;
  TaskData read(const TaskRun& run, const ModelSizes& sizes) override;
  void finish(const TaskRun& run, const Model& model, Backend& backend) override;

 protected:
  /// Tokens of a source that are read, what is behind being left out; 0: all, and pairs with longer sources
  /// are not learned from.
  virtual Index source_tokens() const { return 0; }
  /// Called once the data are there.
  virtual void have_read(const TaskRun& /*run*/) {}
  /// "4,000 sentence pairs (1,234 source and 1,300 target tokens, vocabularies of 500 and 500 pieces)".
  std::string data_text() const;

  Tokenizers tokenizers_;
  ValidationSet validation_;

 private:
  TextPairOptions& pair_options_;
  std::optional<CorpusSources> sources_;
  std::optional<CorpusPreparation> preparation_;
  std::shared_ptr<const Examples> examples_;
};

/// The loss of pairs; what is measured is for who derives from it.
class TextPairObjective : public Objective {
 public:
  /// What it is given must outlive it.
  TextPairObjective(const EncoderDecoder& model, const Tokenizers& tokenizers, const ValidationSet& set,
                    double label_smoothing)
      : model_(model),
        tokenizers_(tokenizers),
        set_(set),
        label_smoothing_(static_cast<float>(label_smoothing)) {}

  Loss loss(Pass& pass, const Batch& batch) const override;
  std::string_view loss_unit() const override { return "token"; }
  Index tokens(const Batch& batch) const override { return batch.columns.at(1).tokens.size(); }
  std::vector<std::string> texts(const Batch& batch) const override;

 protected:
  const EncoderDecoder& model_;
  const Tokenizers& tokenizers_;
  const ValidationSet& set_;

 private:
  float label_smoothing_;
};

}  // namespace heed
