#include "heed/bag_of_words/bag_training.h"

#include "heed/bag_of_words/logistic_regression.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/corpus/labeled/validation_split.h"
#include "heed/metrics/accuracy_and_loss.h"

namespace heed {

TrainedBag train_bag(std::span<const LabeledText> training, std::span<const LabeledText> validation,
                     const BagTraining& options) {
  require<DataError>(!validation.empty(), "there are no texts to validate on");
  const std::vector<std::string> labels = training_labels(training);
  const std::vector<Index> targets = classes_of(validation, labels);
  BagOfWords bag(options.content, options.bag, texts_of(training));
  const SparseRows rows = bag(texts_of(validation));
  const Index classes = std::ssize(labels);
  const LogisticRegression regression(bag(texts_of(training)), classes_of(training, labels), classes);
  LinearClassifier classifier(bag.ngrams().size(), classes);
  LinearClassifier chosen = classifier;
  RegularizationTrial best{.accuracy = -1};
  std::vector<RegularizationTrial> trials;
  for (const double regularization : options.regularizations) {
    const LbfgsResult end = regression.fit(classifier, regularization);
    const AccuracyAndLoss found = accuracy_and_loss(classifier(rows), targets, classes);
    const RegularizationTrial trial{regularization, found.accuracy, found.loss, end.converged};
    trials.push_back(trial);
    if (trial.accuracy > best.accuracy || (trial.accuracy == best.accuracy && trial.loss < best.loss)) {
      best = trial;
      chosen = classifier;
    }
  }
  return {{labels, std::move(bag), std::move(chosen), best.regularization}, std::move(trials), best};
}

TrainedBag train_bag_held_out(std::span<const LabeledText> texts, const BagTraining& options,
                              std::uint64_t seed) {
  const auto [training, validation] = validation_split(texts, seed);
  TrainedBag trial = train_bag(training, validation, options);
  BagTraining all = options;
  all.regularizations = {trial.best.regularization};
  TrainedBag result = train_bag(texts, texts, all);
  result.trials = std::move(trial.trials);
  result.best = trial.best;
  return result;
}

}  // namespace heed
