#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/corpus/labeled/labeled_text.h"

namespace heed {

/// Texts to learn from, and those that were held out to choose settings by.
struct ValidationSplit {
  std::vector<LabeledText> training, validation;
};

/// Holds out a share of the texts (as near as one part of several equal ones comes to it), drawn by the seed,
/// with the same share of each class. A text whose label no training text has cannot be predicted, so it is
/// left out of the validation. DataError if there are fewer texts than parts: than ten for a tenth.
ValidationSplit validation_split(std::span<const LabeledText> texts, std::uint64_t seed, double share = 0.1);

}  // namespace heed
