#pragma once
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

// Both take the predicted probabilities of classes, [items, classes].

/// The most probable class of each item; of equals, the first.
std::vector<Index> most_probable_classes(std::span<const float> probabilities, Index classes);

/// How well probabilities predict the true classes.
struct AccuracyAndLoss {
  double accuracy = 0;  // share of items whose most probable class is the true one, 0 to 1
  double loss = 0;      // mean cross-entropy, nats
};

/// Of at least one item. `targets` are the true classes, [items].
AccuracyAndLoss accuracy_and_loss(std::span<const float> probabilities, std::span<const Index> targets,
                                  Index classes);

}  // namespace heed
