#include "cli/classify_learner.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/classify.h"
#include "cli/end_of_run.h"
#include "cli/flags.h"
#include "cli/program.h"
#include "cli/start_of_run.h"
#include "cli/stopping.h"
#include "heed/base/interrupt.h"
#include "heed/base/progress.h"
#include "heed/base/quantities.h"
#include "heed/base/temporary_folder.h"
#include "heed/service/network_classifier.h"
#include "heed/tasks/classification/split_of_run.h"

namespace heed {
namespace {

class BagLearner : public ClassifierLearner {
 public:
  BagLearner(BagContent content, const LearnerOptions& options)
      : training_{.content = content, .bag = options.words},
        seed_(options.seed()),
        features_(options.bag.features) {
    if (options.bag.regularization) training_.regularizations = {*options.bag.regularization};
  }

  Learned learn(const LabeledTexts& texts, const std::filesystem::path& folder) const override {
    TrainedBag trained = this->trained(texts);
    print_trials(trained);
    if (texts.validation)
      std::cout << "validation " << evaluate(trained.classifier, *texts.validation).text();
    else
      std::cout << fmt::format(
          "validation accuracy {:.2f} % (a tenth, held out; then all {} were learned from)\n",
          100 * trained.best.accuracy, texts.training.size());
    print_most_informative(trained.classifier, features_);
    trained.classifier.save(folder);
    return learned(std::move(trained));
  }

  Learned try_out(const LabeledTexts& texts) const override { return learned(trained(texts)); }

 private:
  TrainedBag trained(const LabeledTexts& texts) const {
    return texts.validation ? train_bag(texts.training, *texts.validation, training_)
                            : train_bag_held_out(texts.training, training_, seed_);
  }

  static Learned learned(TrainedBag trained) {
    return {std::make_unique<BagClassifier>(std::move(trained.classifier)),
            fmt::format("regularization {:g}", trained.best.regularization)};
  }

  static void print_trials(const TrainedBag& trained) {
    for (const auto& trial : trained.trials)
      std::cerr << fmt::format("regularization {:g}: {:.2f} % of the validation texts, {:.4f} nats{}{}\n",
                               trial.regularization, 100 * trial.accuracy, trial.loss,
                               trial.converged ? "" : " (stopped before it converged)",
                               trial.regularization == trained.best.regularization ? ", chosen" : "");
  }

  BagTraining training_;
  std::uint64_t seed_;
  Index features_;
};

/// Remembers which epoch was the best, and shows how far a trial has come.
class TrialObserver : public TrainingObserver {
 public:
  void updated(const UpdateReport& r) override {
    if (progress_.due())
      progress_.show(fmt::format("epoch {}, batch {} of {}: loss {:.4f}", r.epoch + 1, r.batch,
                                 r.batches_in_epoch, r.loss));
  }
  void validated(const ValidationReport& r) override {
    if (r.best) best_epoch = r.epoch;
  }

  Index best_epoch = 0;

 private:
  Progress progress_;
};

class NetworkLearner : public ClassifierLearner {
 public:
  NetworkLearner(std::string_view architecture, const LearnerOptions& options, Backend& backend)
      : options_(options), backend_(backend) {
    options_.network.model.architecture = architecture;
  }

  Learned learn(const LabeledTexts& given, const std::filesystem::path& folder) const override {
    const LabeledTexts texts = whole(given, folder);
    TrainingConsole console(options_.logs, start_of_run(backend_));
    const auto [outcome, status] = train(texts, RunFolder(folder), console);
    if (const int ends =
            tell_end_of_run(console, outcome, folder, "< text", command_line(), status.value_or(0)))
      return {nullptr, {}, ends};
    auto classifier = std::make_unique<NetworkClassifier>(folder, backend_);
    const std::string choice = outcome.state.start_is_best
                                   ? "the network from before training"
                                   : fmt::format("update {}", outcome.state.best_update);
    std::cout << fmt::format("{} texts learned from by a network of {} parameters, {} is the best\n",
                             texts.training.size(),
                             count_text(static_cast<double>(classifier->model().store().count())), choice)
              << "validation " << evaluate(*classifier, *texts.validation).text();
    console.note("train further with: " + command_line() +
                 flags_to_train_further(outcome.state, options_.network.training));
    return {std::move(classifier), choice};
  }

  Learned try_out(const LabeledTexts& texts) const override {
    const TemporaryFolder folder("heed-classify");
    TrialObserver observer;
    const auto [outcome, status] = train(whole(texts, folder.path()), RunFolder(folder.path()), observer);
    if (status) return {nullptr, {}, status};
    return {std::make_unique<NetworkClassifier>(folder.path(), backend_),
            fmt::format("epoch {}", observer.best_epoch)};
  }

 private:
  struct Ended {
    TrainingOutcome outcome;
    std::optional<int> status;  // of the program, if somebody stopped it
  };

  Ended train(const LabeledTexts& texts, const RunFolder& folder, TrainingObserver& observer) const {
    TextClassificationTask task(options_.text, texts);
    TrainingOptions options = options_.network;
    DeferredInterrupt interrupt(stopping);
    Ended ended{heed::train(task, options, folder, backend_, observer, [&] { return interrupt.requested(); }),
                std::nullopt};
    if (ended.outcome.end == TrainingEnd::interrupted) ended.status = interrupt.exit_status();
    return ended;
  }

  LabeledTexts whole(const LabeledTexts& texts, const std::filesystem::path& folder) const {
    return with_validation(texts, RunFolder(folder), options_.seed(), options_.text.texts.validation_share);
  }

  LearnerOptions options_;
  Backend& backend_;
};

void append(Settings& all, Settings more) { std::ranges::move(more, std::back_inserter(all)); }

}  // namespace

Settings LearnerOptions::of_networks() {
  Settings all = network.model.settings();
  append(all, settings_of(text.texts, text.preparation, text.tokenizer, network.start, network.training));
  // The command has flags of its own for these, or bags have them too.
  constexpr std::array others{"architecture",     "train_texts",      "valid_texts",
                              "lowercase",        "vocabulary_size",  "minimum_count",
                              "joint_vocabulary", "undo_bpe_joining", "seed"};
  std::erase_if(
      all, [&](const Setting& setting) { return std::ranges::find(others, setting.name) != others.end(); });
  return all;
}

Settings LearnerOptions::of_run() {
  Settings all = settings_of(text.texts, text.texts.reading, text.texts.class_sizes, text.preparation,
                             text.tokenizer, network.start, network.training);
  append(all, network.model.settings());
  return all;
}

void LearnerOptions::words_to_network() {
  text.preparation.lowercase = words.lowercase;
  text.tokenizer.vocabulary_size = words.vocabulary_size;
  text.tokenizer.minimum_count = words.minimum_texts;
}

void LearnerOptions::words_from_network() {
  words.lowercase = text.preparation.lowercase;
  words.vocabulary_size = text.tokenizer.vocabulary_size;
  words.minimum_texts = text.tokenizer.minimum_count;
}

std::unique_ptr<ClassifierLearner> make_learner(ModelFlag model, const LearnerOptions& options,
                                                Backend& backend) {
  if (reads_sequences(model)) return std::make_unique<NetworkLearner>(enum_name(model), options, backend);
  return std::make_unique<BagLearner>(
      model == ModelFlag::unigrams ? BagContent::unigrams : BagContent::bigrams, options);
}

bool reads_sequences(ModelFlag model) {
  return model != ModelFlag::automatic && model != ModelFlag::unigrams && model != ModelFlag::bigrams;
}

}  // namespace heed
