#pragma once
#include "heed/data/dataset.h"
#include "heed/model/language_model.h"

namespace heed {

/// The cross-entropy of the tokens after each of the inputs, summed over tokens, in nats. The sequences of
/// both columns are equally long.
Variable language_model_loss(const LanguageModel& model, Pass& pass, const Column& inputs,
                             const Column& targets, float label_smoothing = 0);

}  // namespace heed
