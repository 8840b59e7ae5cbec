#include "cli/classify_learner.h"

#include <fmt/format.h>

#include <iostream>

#include "cli/classify.h"
#include "heed/base/interrupt.h"
#include "heed/base/progress.h"
#include "heed/base/quantities.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/corpus/labeled/validation_split.h"

namespace heed {
namespace {

class BagLearner : public ClassifierLearner {
 public:
  BagLearner(BagContent content, const LearnerOptions& options)
      : training_{.content = content, .bag = options.words},
        seed_(options.seed),
        features_(options.bag.telling) {
    if (options.bag.regularization) training_.regularizations = {*options.bag.regularization};
  }

  Learned learn(std::span<const LabeledText> texts, const std::optional<std::vector<LabeledText>>& validation,
                Talk talk) const override {
    TrainedBag trained =
        validation ? train_bag(texts, *validation, training_) : train_bag_held_out(texts, training_, seed_);
    if (talk == Talk::all) {
      print_trials(trained);
      if (validation)
        std::cout << "validation " << evaluate(trained.classifier, *validation).text();
      else
        std::cout << fmt::format(
            "validation accuracy {:.2f} % (a tenth, held out; then all {} were learned from)\n",
            100 * trained.best.accuracy, texts.size());
      print_most_informative(trained.classifier, features_);
    }
    return {std::make_unique<BagClassifier>(std::move(trained.classifier)),
            fmt::format("regularization {:g}", trained.best.regularization)};
  }

 private:
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

std::string epoch_text(const EpochReport& report) {
  return fmt::format("epoch {}: loss {:.4f}, {:.2f} % of the validation texts, {:.4f} nats, {}{}",
                     report.epoch, report.loss, 100 * report.accuracy, report.validation_loss,
                     duration_text(report.seconds), report.best ? ", the best so far" : "");
}

class SequenceLearner : public ClassifierLearner {
 public:
  SequenceLearner(SequenceEncoder encoder, const LearnerOptions& options, Backend& backend)
      : task_{.network = options.network,
              .training = options.training,
              .words = options.words,
              .seed = options.seed},
        backend_(backend) {
    task_.network.encoder = encoder;
    validate(task_.network);
  }

  Learned learn(std::span<const LabeledText> texts, const std::optional<std::vector<LabeledText>>& validation,
                Talk talk) const override {
    if (validation) return learn_with(texts, *validation, talk);
    const ValidationSplit split = validation_split(texts, task_.seed);
    return learn_with(split.training, split.validation, talk);
  }

 private:
  Learned learn_with(std::span<const LabeledText> texts, std::span<const LabeledText> validation,
                     Talk talk) const {
    const Index longest = task_.network.maximum_words;
    if (talk == Talk::all) note_long_texts(count_longer(texts_of(texts), longest), longest);
    auto [trained, stopped] = train(texts, validation, talk);
    Learned learned{nullptr, fmt::format("epoch {}", trained.best.epoch)};
    if (talk == Talk::all)
      std::cout << fmt::format("{} texts learned from by a network of {} parameters, {} is the best\n",
                               texts.size(),
                               count_text(static_cast<double>(trained.classifier->network().store().count())),
                               learned.choice)
                << "validation " << evaluate(*trained.classifier, validation).text();
    learned.classifier = std::move(trained.classifier);
    learned.stopped_status = stopped;
    return learned;
  }

  struct Ended {
    TrainedSequence trained;
    std::optional<int> status;
  };

  Ended train(std::span<const LabeledText> texts, std::span<const LabeledText> validation, Talk talk) const {
    const Interrupt interrupt;
    Progress progress;
    const auto show = [&](const SequenceUpdate& now) {
      if (progress.due())
        progress.show(fmt::format("epoch {}, batch {} of {}: loss {:.4f}", now.epoch, now.batch, now.batches,
                                  now.loss));
    };
    const auto tell = [&](const EpochReport& report) {
      if (talk == Talk::all) progress.print(epoch_text(report));
    };
    TrainedSequence trained = train_sequence(
        texts, validation, task_, backend_,
        {.updated = show, .validated = tell, .interrupted = [&] { return interrupt.requested(); }});
    std::optional<int> status;
    if (trained.interrupted) status = interrupt.exit_status();
    return {std::move(trained), status};
  }

  SequenceTask task_;
  Backend& backend_;
};

}  // namespace

std::unique_ptr<ClassifierLearner> make_learner(ModelFlag model, const LearnerOptions& options,
                                                Backend& backend) {
  switch (model) {
    case ModelFlag::unigrams:
      return std::make_unique<BagLearner>(BagContent::unigrams, options);
    case ModelFlag::automatic:
    case ModelFlag::bigrams:
      break;
    case ModelFlag::transformer:
      return std::make_unique<SequenceLearner>(SequenceEncoder::transformer, options, backend);
    case ModelFlag::rnn:
      return std::make_unique<SequenceLearner>(SequenceEncoder::rnn, options, backend);
    case ModelFlag::gru:
      return std::make_unique<SequenceLearner>(SequenceEncoder::gru, options, backend);
    case ModelFlag::lstm:
      return std::make_unique<SequenceLearner>(SequenceEncoder::lstm, options, backend);
  }
  return std::make_unique<BagLearner>(BagContent::bigrams, options);
}

bool reads_sequences(ModelFlag model) {
  return model != ModelFlag::automatic && model != ModelFlag::unigrams && model != ModelFlag::bigrams;
}

}  // namespace heed
