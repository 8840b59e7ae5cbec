#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/bag_of_words/bag_classifier.h"
#include "heed/corpus/labeled/labeled_text.h"

namespace heed {

/// A strength of regularization that was tried, and how well it did on the validation texts.
struct RegularizationTrial {
  double regularization = 0, accuracy = 0;
  double loss = 0;         // mean cross-entropy, nats
  bool converged = false;  // else L-BFGS stopped early
};

struct TrainedBag {
  BagClassifier classifier;
  std::vector<RegularizationTrial> trials;  // in the order of BagTraining::regularizations
  RegularizationTrial best;
};

/// Settings of the training of a bag of words.
struct BagTraining {
  BagContent content = BagContent::bigrams;
  BagOptions bag{};
  std::vector<double> regularizations{10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01};  // from strong to weak
};

/// Learns with each regularization, each time starting from the weights of the one before, and keeps the one
/// with the highest accuracy on the validation texts; of equals the one with the lower loss. DataError if the
/// training texts have fewer than two labels or no words, or if the validation texts have other labels.
TrainedBag train_bag(std::span<const LabeledText> training, std::span<const LabeledText> validation,
                     const BagTraining& options);

/// Holds out a tenth of the texts to choose the regularization by, then learns from all of them with it.
/// `trials` and `best` are of that tenth. DataError if there are fewer than ten texts.
TrainedBag train_bag_held_out(std::span<const LabeledText> texts, const BagTraining& options,
                              std::uint64_t seed);

}  // namespace heed
