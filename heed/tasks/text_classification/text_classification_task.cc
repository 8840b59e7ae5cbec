#include "heed/tasks/text_classification/text_classification_task.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/quantities.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/corpus/labeled/validation_split.h"
#include "heed/data/dataset_fingerprint.h"
#include "heed/data/word_dropout.h"
#include "heed/tasks/classification/class_objective.h"
#include "heed/tasks/classification/classification_defaults.h"
#include "heed/tasks/classification/split_of_run.h"
#include "heed/text/lowercased.h"
#include "heed/text/unicode.h"
#include "heed/training/run_tokenizers.h"

namespace heed {
namespace {

class TextObjective : public ClassObjective {
 public:
  TextObjective(const Classifier& model, const Tokenizer& tokenizer, const std::vector<std::string>& labels,
                const ClassifiedTexts& set, const TrainingConfig& training)
      : ClassObjective(model, tokenizer, training.label_smoothing),
        labels_(labels),
        set_(set),
        options_{.samples = training.samples, .batch_tokens = training.batch_tokens} {}

  std::string_view loss_unit() const override { return "text"; }
  Validation validate(Backend& backend) const override {
    return heed::validate(model(), backend, labels_, set_, options_);
  }
  std::string validation_fingerprint() const override { return fingerprint(set_.examples); }

 private:
  const std::vector<std::string>& labels_;
  const ClassifiedTexts& set_;
  ClassificationValidationOptions options_;
};

std::vector<std::string> prepared(std::span<const std::string_view> texts, const TextPreparation& how) {
  std::vector<std::string> all;
  for (const std::string_view text : texts)
    all.push_back(how.lowercase ? lowercased(text) : std::string(text));
  return all;
}

Tokenizers learned_tokenizers(const TokenizerConfig& config, std::span<const LabeledText> texts,
                              const TextPreparation& preparation) {
  const std::vector<std::string> all = prepared(texts_of(texts), preparation);
  return train_tokenizers(config, std::vector<std::string_view>(all.begin(), all.end()));
}

void note_long_texts(TrainingObserver& observer, std::string_view which, const TextEncoder& encoder,
                     std::span<const LabeledText> texts) {
  const auto count = std::ranges::count_if(
      texts, [&](const LabeledText& each) { return encoder.length(each.text) > encoder.maximum_length(); });
  if (count > 0)
    observer.note(fmt::format("{}: {} {} more than {} tokens, of which only the first {} are read", which,
                              count, count == 1 ? "text has" : "texts have", encoder.maximum_length(),
                              encoder.maximum_length()));
}

DataCounts counts_of(std::string name, std::span<const Index> classes, std::span<const std::string> labels) {
  DataCounts counts{std::move(name), {{"read", std::ssize(classes)}}};
  for (std::size_t i = 0; i < labels.size(); ++i)
    counts.counts.emplace_back(printable(labels[i]), std::ranges::count(classes, static_cast<Index>(i)));
  return counts;
}

}  // namespace

LabeledTexts with_validation(LabeledTexts texts, const RunFolder& folder, std::uint64_t seed, double share) {
  if (texts.validation) return texts;
  auto [training, validation] = split_of_run(folder, std::move(texts.training), seed, share);
  return {std::move(training), std::move(validation)};
}

Settings TextClassificationTask::settings() {
  Settings all =
      settings_of(options_.texts, options_.texts.reading, options_.texts.class_sizes, options_.preparation);
  std::ranges::move(settings_for_reading(options_.tokenizer), std::back_inserter(all));
  return all;
}

void TextClassificationTask::set_defaults(TrainingConfig& training, ModelOptions& /*model*/) const {
  set_classification_defaults(training);
}

void TextClassificationTask::check_data() {
  require<ConfigError>(texts_ || !options_.texts.train_texts.empty(),
                       "there is nothing to learn from; name files with train_texts");
}

void TextClassificationTask::check(const ModelConfig& model) const {
  require<ConfigError>(
      model.value<Pooling>("pooling") != Pooling::none,
      "pooling none gives classes of tokens, but a text is to have one class; take max or mean");
}

Vocabularies TextClassificationTask::expected_vocabularies() const {
  return {expected_vocabulary_size(completed(options_.tokenizer)), 2, false};
}

void TextClassificationTask::read_texts(const TaskRun& run) {
  const LabeledTextOptions& from = options_.texts;
  if (!texts_) {
    const auto note = [&](const std::string& text) { run.observer.note(text); };
    texts_ = LabeledTexts{read_labeled(from.train_texts, from.reading, note), std::nullopt};
    check_class_sizes(texts_->training, from.class_sizes);
    if (!from.valid_texts.empty()) texts_->validation = read_labeled(from.valid_texts, from.reading, note);
  }
  texts_ = with_validation(*std::move(texts_), run.folder, run.training.seed, from.validation_share);
}

Vocabularies TextClassificationTask::vocabularies(const TaskRun& run) {
  read_texts(run);
  if (!run.resumed) keep_validation(run.folder, *texts_->validation);
  TextClassificationOptions usual;
  if (run.own_taken_over().empty()) {
    classes_ = {training_labels(texts_->training), options_.preparation};
  } else {
    classes_ = load_text_classes(run.own_taken_over());
    require_taken_over(run, settings_of(classes_.preparation), settings_of(options_.preparation),
                       settings_of(usual.preparation), "how a model reads texts");
    options_.preparation = classes_.preparation;
  }
  tokenizers_ = run_tokenizers(run, {.config = options_.tokenizer, .usual = usual.tokenizer},
                               [&](const TokenizerConfig& config) {
                                 return learned_tokenizers(config, texts_->training, classes_.preparation);
                               });
  if (!run.resumed) classes_.save(run.folder.path());
  return {tokenizers_.source->vocabulary_size(), std::ssize(classes_.labels), false};
}

TaskData TextClassificationTask::read(const TaskRun& run, const ModelSizes& sizes) {
  const TextEncoder encoder(tokenizers_.source, classes_.preparation, sizes);
  const LabeledTexts texts = *std::exchange(texts_, std::nullopt);
  require<DataError>(!texts.training.empty(), "training: there are no texts to learn from");
  require<DataError>(!texts.validation->empty(), "training: there are no texts to validate on");
  const std::vector<Index> classes = classes_of(texts.training, classes_.labels);
  const auto examples =
      std::make_shared<const Examples>(classified_examples(encoder, texts_of(texts.training), classes));
  training_texts_ = examples->size();
  training_tokens_ = examples->tokens(0) - (sizes.reads_bos ? 2 : 1) * training_texts_;
  require<DataError>(training_tokens_ > 0, "training: none of the ", training_texts_, " texts has a word");

  validation_.classes = classes_of(*texts.validation, classes_.labels);
  validation_.examples = classified_examples(encoder, texts_of(*texts.validation), validation_.classes);
  for (const LabeledText& each : *texts.validation) validation_.texts.push_back(each.text);
  note_long_texts(run.observer, "training", encoder, texts.training);
  note_long_texts(run.observer, "validation", encoder, *texts.validation);
  run.observer.note(fmt::format("texts: {} to learn from, {} tokens, {} classes; {} to validate on",
                                training_texts_, count_text(static_cast<double>(training_tokens_)),
                                classes_.labels.size(), validation_.texts.size()));
  std::shared_ptr<const Dataset> dataset = examples;
  if (options_.texts.word_dropout > 0)
    dataset = std::make_shared<const WithWordDropout>(
        examples, WordDropout{options_.texts.word_dropout, run.training.seed});
  return {.examples = std::move(dataset),
          .counts = {counts_of("training", classes, classes_.labels),
                     counts_of("validation", validation_.classes, classes_.labels),
                     {"tokens", {{"text", training_tokens_}}}}};
}

std::unique_ptr<Objective> TextClassificationTask::objective(const Model& model,
                                                             const TrainingConfig& training) const {
  return std::make_unique<TextObjective>(require_family<Classifier>(model, text_classification),
                                         *tokenizers_.source, classes_.labels, validation_, training);
}

std::string TextClassificationTask::card_text() const {
  std::string labels;
  for (const std::string& label : classes_.labels)
    labels += message(labels.empty() ? "" : ", ", "`", printable(label), "`");
  return fmt::format(
      "Accuracy is in percent of {} texts. Trained on {} texts ({} tokens, a vocabulary of {}) of {} "
      "classes: {}. ",
      validation_.texts.size(), training_texts_, training_tokens_, tokenizers_.source->vocabulary_size(),
      classes_.labels.size(), labels);
}

}  // namespace heed
