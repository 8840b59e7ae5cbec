#pragma once
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

// What each of some classes has of the probability, text by text: [texts, classes].

/// The largest of each row; of equals, the first.
std::vector<Index> likeliest(std::span<const float> probabilities, Index classes);

struct Goodness {
  double accuracy = 0;  // the share of texts whose likeliest class is the right one
  double loss = 0;      // mean cross entropy, nats
};
Goodness goodness(std::span<const float> probabilities, std::span<const Index> targets, Index classes);

}  // namespace heed
