#include "heed/classification/bag_training.h"

#include <algorithm>
#include <cmath>

#include "heed/classification/folds.h"

namespace heed {
namespace {

std::vector<std::string_view> texts_of(std::span<const LabelledText> labelled) {
  std::vector<std::string_view> texts;
  for (const auto& each : labelled) texts.emplace_back(each.text);
  return texts;
}

double mean_loss(std::span<const float> probabilities, std::span<const Index> targets, std::size_t classes) {
  double sum = 0;
  for (std::size_t row = 0; row < targets.size(); ++row)
    // Never infinite: what is taken for impossible is wrong, but not more so than any number tells.
    sum -= std::log(std::max(probabilities[row * classes + static_cast<std::size_t>(targets[row])], 1e-30f));
  return sum / static_cast<double>(targets.size());
}

}  // namespace

TrainedBag train_bag(std::span<const LabelledText> training, std::span<const LabelledText> validation,
                     const BagTraining& options) {
  require<DataError>(!training.empty(), "there are no texts to learn from");
  require<DataError>(!validation.empty(), "there are no texts to validate on");
  const std::vector<std::string> labels = labels_of(training);
  require<DataError>(labels.size() >= 2, "all ", training.size(), " texts have the label '", labels.front(),
                     "'; there is nothing to tell apart");
  const std::vector<Index> targets = classes_of(validation, labels);
  BagOfWords bag(options.content, options.bag, texts_of(training));
  const SparseRows rows = bag(texts_of(validation));
  const Index classes = std::ssize(labels);
  const LogisticRegression regression(bag(texts_of(training)), classes_of(training, labels), classes);
  LinearClassifier classifier(bag.ngrams().size(), classes);
  LinearClassifier chosen = classifier;
  RegularisationTrial best{.accuracy = -1};
  std::vector<RegularisationTrial> trials;
  for (const double regularisation : options.regularisations) {
    const Minimised end = regression.fit(classifier, regularisation);
    const std::vector<float> probabilities = classifier(rows);
    const std::vector<Index> guesses = likeliest(probabilities, classes);
    double correct = 0;
    for (std::size_t i = 0; i < guesses.size(); ++i) correct += guesses[i] == targets[i] ? 1 : 0;
    const RegularisationTrial trial{regularisation, correct / static_cast<double>(guesses.size()),
                                    mean_loss(probabilities, targets, labels.size()), end.converged};
    trials.push_back(trial);
    if (trial.accuracy > best.accuracy || (trial.accuracy == best.accuracy && trial.loss < best.loss)) {
      best = trial;
      chosen = classifier;
    }
  }
  return {{labels, std::move(bag), std::move(chosen), best.regularisation}, std::move(trials), best};
}

TrainedBag train_bag_held_out(std::span<const LabelledText> texts, const BagTraining& options,
                              std::uint64_t seed) {
  constexpr Index parts = 10;
  require<DataError>(std::ssize(texts) >= parts, "of ", texts.size(),
                     " texts none can be held out to validate on; give ", parts, " or more, or --valid FILE");
  const std::vector<std::string> labels = labels_of(texts);
  const std::vector<Index> folds = stratified_folds(classes_of(texts, labels), parts, seed);
  const auto [held_out, kept] = parts_of(texts, folds, 0);
  // A label that is so rare that only the held-out part has it cannot be told there.
  std::vector<LabelledText> validation;
  const std::vector<std::string> known = labels_of(kept);
  for (const auto& each : held_out)
    if (std::binary_search(known.begin(), known.end(), each.label)) validation.push_back(each);
  TrainedBag trial = train_bag(kept, validation, options);
  BagTraining all = options;
  all.regularisations = {trial.best.regularisation};
  TrainedBag result = train_bag(texts, texts, all);
  result.trials = std::move(trial.trials);
  result.best = trial.best;
  return result;
}

ConfusionMatrix evaluated(const BagClassifier& classifier, std::span<const LabelledText> texts) {
  const std::vector<Index> targets = classes_of(texts, classifier.labels);
  const std::vector<Index> guesses = likeliest(classifier(texts_of(texts)), std::ssize(classifier.labels));
  ConfusionMatrix confusion(classifier.labels);
  for (std::size_t i = 0; i < targets.size(); ++i) confusion.add(targets[i], guesses[i]);
  return confusion;
}

}  // namespace heed
