#include "heed/tasks/text_generation/text_generation_task.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/quantities.h"
#include "heed/checkpoint/generation_settings.h"
#include "heed/data/dataset_fingerprint.h"
#include "heed/data/decoded_sequences.h"
#include "heed/data/learn_tokenizer.h"
#include "heed/tasks/running_text/split_text.h"
#include "heed/tasks/text_generation/language_model_loss.h"
#include "heed/training/run_tokenizers.h"

namespace heed {
namespace {

class TextGenerationObjective : public Objective {
 public:
  TextGenerationObjective(const LanguageModel& model, const Tokenizer& tokenizer,
                          const ValidationText& validation, const TextValidationOptions& options,
                          const TrainingConfig& training)
      : model_(model),
        tokenizer_(tokenizer),
        validation_(validation),
        options_(options),
        label_smoothing_(static_cast<float>(training.label_smoothing)) {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    return {language_model_loss(model_, pass, batch.columns.at(0), batch.columns.at(1), label_smoothing_),
            static_cast<double>(tokens(batch))};
  }
  std::string_view loss_unit() const override { return "token"; }
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns.at(1).tokens); }

  Validation validate(Backend& backend) const override {
    return validate_text(model_, backend, tokenizer_, validation_, options_);
  }

  std::vector<std::string_view> measures() const override { return {"loss"}; }

  std::string validation_fingerprint() const override { return fingerprint(*validation_.windows); }

  std::vector<std::string> texts(const Batch& batch) const override {
    return decoded_sequences(batch.columns.at(0), tokenizer_);
  }

 private:
  const LanguageModel& model_;
  const Tokenizer& tokenizer_;
  const ValidationText& validation_;
  TextValidationOptions options_;
  float label_smoothing_;
};

TokenizerConfig complete(TokenizerConfig config) { return completed(for_language_models(std::move(config))); }

/// Bytes of the text that tokens from one on stand for.
Index bytes_of(const TokenStream& stream, Index begin, Index end, const Tokenizer& tokenizer) {
  constexpr Index at_once = 1 << 16;
  Index bytes = 0;
  for (Index first = begin; first < end; first += at_once) {
    const auto tokens = stream.tokens(first, std::min(at_once, end - first));
    bytes += std::ssize(tokenizer.decode(std::vector<Index>(tokens.begin(), tokens.end())));
  }
  return bytes;
}

ValidationText validation_text(const StreamPart& part, Index context, const Tokenizer& tokenizer) {
  ValidationText text;
  text.windows = std::make_shared<const TokenWindows>(
      part.tokens, WindowOptions{.context = context, .places = WindowPlaces::in_order, .begin = part.begin});
  text.tokens = std::max<Index>(part.size() - 1, 0);
  text.bytes = bytes_of(*part.tokens, part.begin + 1, part.end, tokenizer);
  return text;
}

}  // namespace

Settings TextGenerationTask::settings() {
  Settings all = settings_of(options_.text, options_.dialogues, options_.documents, options_.tokenizer);
  // It reads and writes one text.
  std::erase_if(all, [](const Setting& setting) { return setting.name == "joint_vocabulary"; });
  return all;
}

void TextGenerationTask::set_defaults(TrainingConfig& training, ModelOptions& /*model*/) const {
  training.label_smoothing = 0;
  training.learning_rate = 1e-3;
  training.warmup = 100;
  training.schedule = ScheduleKind::linear;
  training.updates = 5000;
  training.batch_tokens = 8192;
  training.weight_decay = 0.1;
  training.beta1 = 0.9, training.beta2 = 0.99, training.epsilon = 1e-8;
  training.validate_every = 250;
}

bool TextGenerationTask::learns_dialogues() const {
  return !options_.dialogues.train_dialogues.empty() || !options_.dialogues.valid_dialogues.empty();
}

void TextGenerationTask::check_data() {
  if (learns_dialogues()) return check_dialogues(options_);
  check_text(options_.text, options_.documents);
}

void TextGenerationTask::check(const ModelConfig& model) const { check_context(options_.text, model); }

Vocabularies TextGenerationTask::expected_vocabularies() const {
  const Index tokens = expected_vocabulary_size(complete(options_.tokenizer));
  return {.inputs = tokens, .outputs = tokens, .joint = true, .context = options_.text.context.value_or(0)};
}

DocumentEnd TextGenerationTask::document_end() const {
  if (options_.text.document_end) return *options_.text.document_end;
  const bool one = options_.documents.split == DocumentSplit::by_file && options_.text.train_text.size() == 1;
  return one ? DocumentEnd::nothing : DocumentEnd::eos;
}

Vocabularies TextGenerationTask::vocabularies(const TaskRun& run) {
  const bool dialogues = learns_dialogues();
  if (dialogues) dialogues_ = read_dialogue_data(options_, run.observer);
  tokenizers_ = run_tokenizers(
      run, {.config = options_.tokenizer, .complete = complete}, [&](const TokenizerConfig& config) {
        if (dialogues) return learn_tokenizer_of_dialogues(dialogues_.training, config);
        DocumentReport report;
        return learn_tokenizer(TextDocuments(options_.text.train_text, options_.documents), config, report,
                               {.seed = run.training.seed});
      });
  save_generation_settings(
      run.folder.path(),
      {.eos_ends_documents = dialogues || document_end() == DocumentEnd::eos, .dialogues = dialogues});
  const Index tokens = tokenizers_.source->vocabulary_size();
  return {.inputs = tokens, .outputs = tokens, .joint = true, .context = options_.text.context.value_or(0)};
}

TaskData TextGenerationTask::read(const TaskRun& run, const ModelSizes& sizes) {
  const Index context = options_.text.context.value_or(sizes.longest_sequence);
  if (learns_dialogues()) return read_dialogues(run, context);
  SplitText split = split_text(options_.text, options_.documents, tokenizers_, document_end(), run);
  const Tokenizer& tokenizer = *tokenizers_.source;
  training_tokens_ = split.training.size();
  validation_ = validation_text(split.validation, context, tokenizer);
  training_ = std::make_shared<const TokenWindows>(
      split.training.tokens,
      WindowOptions{.context = context, .seed = run.training.seed, .end = training_tokens_});
  std::vector<DataCounts> counts = std::move(split.counts);
  counts.push_back({"tokens", {{"training", training_tokens_}, {"validation", validation_.tokens}}});
  run.observer.note(fmt::format("tokens: {} to learn from, {} to validate on, a vocabulary of {}",
                                count_text(static_cast<double>(training_tokens_)),
                                count_text(static_cast<double>(validation_.tokens)),
                                tokenizer.vocabulary_size()));
  require<DataError>(training_->size() > 0, "training: the text has ", training_tokens_,
                     " tokens to learn from, but at least 2 are needed; give more text");
  require<DataError>(validation_.windows->size() > 0, "validation: the text has ", validation_.tokens,
                     " tokens to predict; give more validation text, or a larger validation_share");
  if (training_tokens_ <= context)
    run.observer.note(
        fmt::format("the text has {} tokens, fewer than the context of {}: each update sees all "
                    "of it",
                    training_tokens_, context));
  return {.examples = training_, .bucket = 1, .counts = std::move(counts)};
}

TaskData TextGenerationTask::read_dialogues(const TaskRun& run, Index context) {
  const DialogueEncoder encoder(*tokenizers_.source, context);
  DialogueData data = std::exchange(dialogues_, {});
  training_dialogues_ = examples_of_dialogues(data.training, encoder, "training", run.observer);
  validation_dialogues_ = {
      .dialogues = {},
      .examples = examples_of_dialogues(data.validation, encoder, "validation", run.observer),
      .context = context};
  std::vector<DataCounts> counts{
      counts_of_dialogues("training", data.training, training_dialogues_),
      counts_of_dialogues("validation", data.validation, validation_dialogues_.examples),
      {"tokens",
       {{"training", training_dialogues_.targets()},
        {"validation", validation_dialogues_.examples.targets()}}}};
  validation_dialogues_.dialogues = std::move(data.validation);
  run.observer.note(fmt::format(
      "tokens: {} of responses to learn in {} of dialogues, {} to validate on, a vocabulary of {}",
      count_text(static_cast<double>(training_dialogues_.targets())),
      count_text(static_cast<double>(training_dialogues_.tokens())),
      count_text(static_cast<double>(validation_dialogues_.examples.targets())),
      tokenizers_.source->vocabulary_size()));
  return {.examples = training_dialogues_.examples, .counts = std::move(counts)};
}

std::unique_ptr<Objective> TextGenerationTask::objective(const Model& model,
                                                         const TrainingConfig& training) const {
  if (learns_dialogues())
    return dialogue_objective(require_family<LanguageModel>(model, "text-generation"), *tokenizers_.source,
                              validation_dialogues_, training);
  return std::make_unique<TextGenerationObjective>(
      require_family<LanguageModel>(model, "text-generation"), *tokenizers_.source, validation_,
      TextValidationOptions{.batch_tokens = training.batch_tokens,
                            .samples = training.samples,
                            .eos = document_end() == DocumentEnd::eos},
      training);
}

std::string TextGenerationTask::card_text() const {
  if (learns_dialogues())
    return fmt::format(
        "Loss is in nats a token of a response, over {} tokens; responses exactly right are in percent. "
        "Trained "
        "on the {} tokens of the responses of dialogues, with a vocabulary of {}. ",
        validation_dialogues_.examples.targets(), training_dialogues_.targets(),
        tokenizers_.source->vocabulary_size());
  return fmt::format(
      "Loss is in nats a token, over {} tokens in windows that share no context. Trained on {} tokens of a "
      "vocabulary of {}. ",
      validation_.tokens, training_tokens_, tokenizers_.source->vocabulary_size());
}

}  // namespace heed
