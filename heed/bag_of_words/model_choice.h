#pragma once
#include <span>

#include "heed/corpus/labeled/labeled_text.h"

namespace heed {

/// The rule of thumb of Chollet, Deep Learning with Python (2nd edition, 2021, section 11.4.4): where texts
/// are fewer than 1,500 times as many as the words of one, a bag of bigrams does better than a model that
/// reads words in their order.
struct ModelChoice {
  static constexpr double threshold = 1500;

  Index texts = 0;
  double words = 0;  // a text, in the mean

  double ratio() const { return words > 0 ? static_cast<double>(texts) / words : 0; }
  bool sequence() const { return ratio() >= threshold; }
};

ModelChoice model_choice(std::span<const LabeledText> texts);

}  // namespace heed
