#include "heed/classification/bag_training.h"

#include "heed/classification/class_probabilities.h"
#include "heed/classification/held_out_texts.h"

namespace heed {

TrainedBag train_bag(std::span<const LabeledText> training, std::span<const LabeledText> validation,
                     const BagTraining& options) {
  require<DataError>(!validation.empty(), "there are no texts to validate on");
  const std::vector<std::string> labels = labels_to_tell_apart(training);
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
    const Minimized end = regression.fit(classifier, regularization);
    const Goodness found = goodness(classifier(rows), targets, classes);
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
  const auto [kept, validation] = hold_out_a_tenth(texts, seed);
  TrainedBag trial = train_bag(kept, validation, options);
  BagTraining all = options;
  all.regularizations = {trial.best.regularization};
  TrainedBag result = train_bag(texts, texts, all);
  result.trials = std::move(trial.trials);
  result.best = trial.best;
  return result;
}

}  // namespace heed
