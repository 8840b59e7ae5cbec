#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "heed/classification/labeled_text.h"

namespace heed {

/// Texts to learn from, and those that were taken out to choose by.
struct HeldOutTexts {
  std::vector<LabeledText> kept, validation;
};

/// Takes a tenth out, drawn by the seed, of each class alike. A text whose label is so rare that no text kept
/// has it cannot be told, and is left out of the validation. DataError if there are fewer than ten texts.
HeldOutTexts hold_out_a_tenth(std::span<const LabeledText> texts, std::uint64_t seed);

}  // namespace heed
