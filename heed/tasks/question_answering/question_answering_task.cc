#include "heed/tasks/question_answering/question_answering_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>

#include "heed/base/quantities.h"
#include "heed/data/dataset_fingerprint.h"
#include "heed/data/decoded_sequences.h"
#include "heed/tasks/question_answering/span_loss.h"
#include "heed/training/held_out_file.h"
#include "heed/training/run_tokenizers.h"

namespace heed {
namespace {

/// The two that a token may be: the first of an answer, the last of it.
constexpr Index starts_and_ends = 2;

class AnswerObjective : public Objective {
 public:
  AnswerObjective(const Classifier& model, const Tokenizer& tokenizer, const QuestionsInWindows& questions,
                  const QuestionExamples& asked, const AnswerValidationOptions& options,
                  double label_smoothing)
      : model_(model),
        tokenizer_(tokenizer),
        questions_(questions),
        asked_(asked),
        options_(options),
        label_smoothing_(static_cast<float>(label_smoothing)) {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    return {span_loss(model_, pass, batch, label_smoothing_), static_cast<double>(batch.size())};
  }
  std::string_view loss_unit() const override { return "window"; }
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns.at(0).tokens); }
  Validation validate(Backend& backend) const override {
    return validate_answers(model_, backend, questions_, asked_, options_);
  }
  std::vector<std::string_view> measures() const override { return {"f1", "exact_match", "loss"}; }
  // While no answer is right, the loss alone tells whether anything is learned.
  std::string_view tie_breaker() const override { return "loss"; }
  std::string validation_fingerprint() const override {
    const SpanSearchOptions& search = options_.search;
    return message(fingerprint(asked_), ", answers of ", search.longest_answer, " tokens at most",
                   search.may_be_unanswerable ? ", or none" : "");
  }
  std::vector<std::string> texts(const Batch& batch) const override {
    return decoded_sequences(batch.columns.at(0), tokenizer_);
  }

 private:
  const Classifier& model_;
  const Tokenizer& tokenizer_;
  const QuestionsInWindows& questions_;
  const QuestionExamples& asked_;
  AnswerValidationOptions options_;
  float label_smoothing_;
};

std::vector<std::string_view> texts_of(const QuestionSet& set) {
  std::vector<std::string_view> texts(set.paragraphs.begin(), set.paragraphs.end());
  for (const Question& question : set.questions) texts.push_back(question.text);
  return texts;
}

/// The questions about the paragraphs of which `wanted` is true.
QuestionSet part_of(const QuestionSet& set, const std::vector<bool>& wanted) {
  QuestionSet part;
  std::vector<Index> number_there(set.paragraphs.size(), -1);
  for (std::size_t i = 0; i < set.paragraphs.size(); ++i)
    if (wanted[i]) {
      number_there[i] = std::ssize(part.paragraphs);
      part.paragraphs.push_back(set.paragraphs[i]);
    }
  for (Question question : set.questions)
    if (const Index number = number_there[static_cast<std::size_t>(question.paragraph)]; number >= 0) {
      question.paragraph = number;
      part.questions.push_back(std::move(question));
    }
  return part;
}

/// Which paragraphs are held out to validate on: the last ones, or of a run that goes on those that it was
/// validated on before, whatever paragraphs there are by now.
std::vector<bool> held_out(const std::vector<std::string>& paragraphs, double share,
                           const std::optional<HeldOutTexts>& before) {
  std::vector<bool> all(paragraphs.size(), false);
  if (before) {
    std::unordered_set<std::string> known;
    for (const auto& [name, text] : *before) known.insert(text);
    for (std::size_t i = 0; i < paragraphs.size(); ++i) all[i] = known.contains(paragraphs[i]);
  } else {
    const auto count = static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(paragraphs.size())));
    std::fill(all.end() - count, all.end(), true);
  }
  return all;
}

bool is_unanswerable(const Question& question) { return question.answers.empty(); }

DataCounts counts_of(std::string name, const QuestionSet& set, Index windows) {
  return {std::move(name),
          {{"questions", std::ssize(set.questions)},
           {"paragraphs", std::ssize(set.paragraphs)},
           {"without_answer", std::ranges::count_if(set.questions, is_unanswerable)},
           {"windows", windows}}};
}

}  // namespace

Settings QuestionAnsweringTask::settings() {
  Settings all = settings_of(options_.data, options_.answers);
  std::ranges::move(settings_for_reading(options_.tokenizer), std::back_inserter(all));
  return all;
}

void QuestionAnsweringTask::set_defaults(TrainingConfig& training, ModelOptions& model) const {
  training.label_smoothing = 0;
  training.learning_rate = 3e-4;
  training.warmup = 200;
  training.schedule = ScheduleKind::linear;
  training.updates = 3000;
  training.batch_tokens = 4096;
  training.weight_decay = 0.01;
  training.beta1 = 0.9, training.beta2 = 0.999, training.epsilon = 1e-6;
  training.validate_every = 250;
  training.average_checkpoints = 0;
  model.set_default("architecture", "bert").set_default("pooling", Pooling::none);
}

void QuestionAnsweringTask::check_data() {
  require<ConfigError>(!options_.data.train_questions.empty(),
                       "there are no questions to learn from; name files with train_questions");
}

void QuestionAnsweringTask::check(const ModelConfig& model) const {
  require<ConfigError>(model.value<Pooling>("pooling") == Pooling::none, "pooling ",
                       enum_name(*model.value<Pooling>("pooling")),
                       " gives classes of whole texts, but an answer is found among tokens; take none");
  QuestionEncoder(nullptr, options_.answers, model.sizes());
}

Vocabularies QuestionAnsweringTask::expected_vocabularies() const {
  return {expected_vocabulary_size(completed(options_.tokenizer)), starts_and_ends, false};
}

QuestionAnsweringTask::Sets QuestionAnsweringTask::read_sets(const TaskRun& run) const {
  const auto note = [&](const std::string& text) { run.observer.note(text); };
  const BadAnswers bad = options_.data.skip_invalid ? BadAnswers::skip : BadAnswers::refuse;
  QuestionSet all = read_questions(options_.data.train_questions, bad, note);
  if (!options_.data.valid_questions.empty())
    return {std::move(all), read_questions(options_.data.valid_questions, bad, note)};
  std::vector<bool> wanted = held_out(all.paragraphs, options_.data.validation_share,
                                      run.resumed ? load_held_out(run.folder.held_out_file()) : std::nullopt);
  Sets sets;
  sets.validation = part_of(all, wanted);
  wanted.flip();
  sets.training = part_of(all, wanted);
  HeldOutTexts texts;
  for (const std::string& paragraph : sets.validation.paragraphs) texts.emplace_back("", paragraph);
  save_held_out(run.folder.held_out_file(), texts);
  return sets;
}

Vocabularies QuestionAnsweringTask::vocabularies(const TaskRun& run) {
  sets_ = read_sets(run);
  require<DataError>(!sets_->training.questions.empty(), "training: there are no questions to learn from");
  require<DataError>(!sets_->validation.questions.empty(), "training: there are no questions to validate on");
  QuestionAnsweringOptions usual;
  if (!run.own_taken_over().empty()) {
    LoadedAnswerSettings loaded = load_answer_settings(run.own_taken_over());
    require_taken_over(run, settings_of(loaded.settings), settings_of(options_.answers),
                       settings_of(usual.answers), "how a model reads questions");
    options_.answers = loaded.settings;
    known_ = loaded.known;
  }
  known_.may_be_unanswerable |= std::ranges::any_of(sets_->training.questions, is_unanswerable);
  tokenizers_ = run_tokenizers(
      run, {.config = options_.tokenizer, .usual = usual.tokenizer},
      [&](const TokenizerConfig& config) { return train_tokenizers(config, texts_of(sets_->training)); });
  save_answer_settings(run.folder.path(), options_.answers, known_);
  return {tokenizers_.source->vocabulary_size(), starts_and_ends, false};
}

SpanSearchOptions QuestionAnsweringTask::search() const {
  return {.longest_answer = options_.answers.longest_answer,
          .may_be_unanswerable = known_.may_be_unanswerable};
}

TaskData QuestionAnsweringTask::read(const TaskRun& run, const ModelSizes& sizes) {
  const QuestionEncoder encoder(tokenizers_.source, options_.answers, sizes);
  Sets sets = *std::exchange(sets_, std::nullopt);
  const auto asked = std::make_shared<const QuestionExamples>(sets.training, encoder);
  validation_asked_ = std::make_shared<const QuestionExamples>(sets.validation, encoder);
  training_questions_ = std::ssize(sets.training.questions);
  training_windows_ = asked->size();
  run.observer.note(fmt::format(
      "questions: {} to learn from in {} windows, {} of which hold an answer, {} tokens; {} to validate on",
      training_questions_, training_windows_, asked->with_answer(),
      count_text(static_cast<double>(asked->tokens())), sets.validation.questions.size()));
  require<DataError>(asked->with_answer() > 0,
                     "training: no window holds an answer; take larger windows, or a smaller window_stride");
  std::vector<DataCounts> counts{counts_of("training", sets.training, asked->size()),
                                 counts_of("validation", sets.validation, validation_asked_->size()),
                                 {"tokens", {{"training", asked->tokens()}}}};
  validation_ = in_windows(std::move(sets.validation), encoder);
  return {.examples = asked, .bucket = 1, .counts = std::move(counts)};
}

std::unique_ptr<Objective> QuestionAnsweringTask::objective(const Model& model,
                                                            const TrainingConfig& training) const {
  return std::make_unique<AnswerObjective>(
      require_family<Classifier>(model, question_answering), *tokenizers_.source, validation_,
      *validation_asked_,
      AnswerValidationOptions{
          .samples = training.samples, .batch_tokens = training.batch_tokens, .search = search()},
      training.label_smoothing);
}

std::string QuestionAnsweringTask::card_text() const {
  return fmt::format(
      "Exact match and F1 are in percent of {} questions, by SQuAD's rules. Trained on {} questions in {} "
      "windows "
      "of a vocabulary of {}. ",
      validation_.set.questions.size(), training_questions_, training_windows_,
      tokenizers_.source->vocabulary_size());
}

}  // namespace heed
