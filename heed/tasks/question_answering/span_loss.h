#pragma once
#include "heed/data/batches.h"
#include "heed/model/classifier.h"

namespace heed {

/// The mean of the cross-entropies of an answer's start and end, each a choice among the tokens of a window
/// (Devlin et al., 2019, section 4.2), summed over windows, in nats. The batch has the columns of
/// QuestionExamples, and the model gives [tokens, 2]. With label smoothing, that share of the target
/// probability is spread evenly over the tokens of the window.
Variable span_loss(const Classifier& model, Pass& pass, const Batch& batch, float label_smoothing = 0);

}  // namespace heed
