#include "heed/tasks/fill_mask/fill_mask_task.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/quantities.h"
#include "heed/data/dataset_fingerprint.h"
#include "heed/data/decoded_sequences.h"
#include "heed/data/learn_tokenizer.h"
#include "heed/tasks/fill_mask/masked_loss.h"
#include "heed/tasks/running_text/split_text.h"
#include "heed/training/run_tokenizers.h"

namespace heed {
namespace {

/// What is masked of the validation text is the same in all runs, whatever their seed.
constexpr std::uint64_t validation_seed = 0;

class FillMaskObjective : public Objective {
 public:
  FillMaskObjective(const MaskedLanguageModel& model, const Tokenizer& tokenizer,
                    const MaskedChunks& validation, const TrainingConfig& training)
      : model_(model),
        tokenizer_(tokenizer),
        validation_(validation),
        options_{.samples = training.samples, .batch_tokens = training.batch_tokens},
        label_smoothing_(static_cast<float>(training.label_smoothing)) {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    return {masked_loss(model_, pass, batch, label_smoothing_),
            static_cast<double>(batch.columns.at(2).tokens.size())};
  }
  std::string_view loss_unit() const override { return "masked token"; }
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns.at(0).tokens); }

  Validation validate(Backend& backend) const override {
    return validate_fill_mask(model_, backend, tokenizer_, validation_, options_);
  }
  std::vector<std::string_view> measures() const override { return {"loss", "accuracy"}; }
  std::string validation_fingerprint() const override { return fingerprint(validation_); }

  std::vector<std::string> texts(const Batch& batch) const override {
    return decoded_sequences(batch.columns.at(0), tokenizer_);
  }

 private:
  const MaskedLanguageModel& model_;
  const Tokenizer& tokenizer_;
  const MaskedChunks& validation_;
  FillMaskValidationOptions options_;
  float label_smoothing_;
};

}  // namespace

Settings FillMaskTask::settings() {
  Settings all = settings_of(options_.text, options_.documents, options_.masks);
  std::ranges::move(settings_for_reading(options_.tokenizer), std::back_inserter(all));
  return all;
}

void FillMaskTask::set_defaults(TrainingConfig& training, ModelOptions& /*model*/) const {
  training.label_smoothing = 0;
  training.learning_rate = 1e-3;
  training.warmup = 500;
  training.schedule = ScheduleKind::linear;
  training.updates = 10'000;
  training.batch_tokens = 8192;
  training.weight_decay = 0.01;
  training.beta1 = 0.9, training.beta2 = 0.999, training.epsilon = 1e-6;
  training.validate_every = 500;
  training.average_checkpoints = 0;
}

void FillMaskTask::check_data() { check_text(options_.text, options_.documents); }

void FillMaskTask::check(const ModelConfig& model) const {
  check_context(options_.text, model);
  const Index seen = options_.text.context.value_or(model.sizes().longest_sequence);
  require<ConfigError>(
      seen > MaskedChunks::added, "the model sees ", seen,
      " tokens at once, but BOS, EOS and a token between take 3; make context larger or, of a "
      "new model, maximum_positions");
}

Vocabularies FillMaskTask::expected_vocabularies() const {
  const Index tokens = expected_vocabulary_size(completed(options_.tokenizer));
  return {.inputs = tokens, .outputs = tokens, .joint = true, .context = options_.text.context.value_or(0)};
}

Vocabularies FillMaskTask::vocabularies(const TaskRun& run) {
  tokenizers_ = run_tokenizers(run, {.config = options_.tokenizer}, [&](const TokenizerConfig& config) {
    DocumentReport report;
    return learn_tokenizer(TextDocuments(options_.text.train_text, options_.documents), config, report,
                           {.seed = run.training.seed});
  });
  const Index tokens = tokenizers_.source->vocabulary_size();
  return {.inputs = tokens, .outputs = tokens, .joint = true, .context = options_.text.context.value_or(0)};
}

TaskData FillMaskTask::read(const TaskRun& run, const ModelSizes& sizes) {
  const Index longest = options_.text.context.value_or(sizes.longest_sequence) - MaskedChunks::added;
  const Tokenizer& tokenizer = *tokenizers_.source;
  SplitText split = split_text(options_.text, options_.documents, tokenizers_, DocumentEnd::eos, run);
  const WordStarts words(tokenizer);
  const auto masked = [&](const StreamPart& part, Index& tokens, std::uint64_t seed) {
    const auto chunks = std::make_shared<const DocumentChunks>(part.tokens, longest, part.begin, part.end);
    tokens = chunks->tokens();
    return std::make_shared<const MaskedChunks>(
        chunks, words, tokenizer.vocabulary_size(),
        Masking{.share = options_.masks.share, .unit = options_.masks.unit, .seed = seed});
  };
  const auto training = masked(split.training, training_tokens_, run.training.seed);
  validation_ = masked(split.validation, validation_tokens_, validation_seed);
  require<DataError>(training->size() > 0, "training: the text has no tokens to learn from; give more text");
  require<DataError>(validation_->size() > 0,
                     "validation: the text has no tokens to fill in; give more validation text, or a larger "
                     "validation_share");
  run.observer.note(fmt::format("tokens: {} to learn from, {} to validate on, a vocabulary of {}",
                                count_text(static_cast<double>(training_tokens_)),
                                count_text(static_cast<double>(validation_tokens_)),
                                tokenizer.vocabulary_size()));
  std::vector<DataCounts> counts = std::move(split.counts);
  counts.push_back({"tokens", {{"training", training_tokens_}, {"validation", validation_tokens_}}});
  return {.examples = training, .bucket = 1, .counts = std::move(counts)};
}

std::unique_ptr<Objective> FillMaskTask::objective(const Model& model, const TrainingConfig& training) const {
  return std::make_unique<FillMaskObjective>(require_family<MaskedLanguageModel>(model, fill_mask),
                                             *tokenizers_.source, *validation_, training);
}

std::string FillMaskTask::card_text() const {
  return fmt::format(
      "Loss is in nats a masked token, accuracy in percent of these, of a text of {} tokens. Trained on {} "
      "tokens "
      "of a vocabulary of {}. ",
      validation_tokens_, training_tokens_, tokenizers_.source->vocabulary_size());
}

}  // namespace heed
