#pragma once
#include <optional>
#include <span>
#include <vector>

#include "heed/classification/bag_classifier.h"

namespace heed {

/// A strength of regularization that was tried, and what came of it on the validation texts.
struct RegularizationTrial {
  double regularization = 0, accuracy = 0;
  double loss = 0;         // mean cross entropy, nats
  bool converged = false;  // else learning stopped early
};

struct TrainedBag {
  BagClassifier classifier;
  std::vector<RegularizationTrial> trials;  // the strongest first
  RegularizationTrial best;
};

/// What there is to choose in training a bag of words.
struct BagTraining {
  BagContent content = BagContent::bigrams;
  BagOptions bag{};
  std::vector<double> regularizations{10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01};  // from strong to weak
};

/// Learns with each regularization, each time going on from the last, and keeps the one that tells the
/// most validation texts right; of equals the one with the lower loss. DataError if there are fewer than two
/// labels, or if the validation texts have others.
TrainedBag train_bag(std::span<const LabeledText> training, std::span<const LabeledText> validation,
                     const BagTraining& options);

/// A tenth is taken out to choose by; then all are learned from. `best` is of that tenth. DataError if there
/// are fewer than ten texts.
TrainedBag train_bag_held_out(std::span<const LabeledText> texts, const BagTraining& options,
                              std::uint64_t seed);

}  // namespace heed
