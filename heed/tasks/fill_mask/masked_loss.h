#pragma once
#include "heed/data/batches.h"
#include "heed/model/masked_language_model.h"

namespace heed {

/// What the logits of a batch's masked tokens are made of, [masked tokens, width]. The batch has the columns
/// of MaskedChunks.
Variable masked_rows(const MaskedLanguageModel& model, Pass& pass, const Batch& batch);

/// The cross-entropy of what stood at the masked places, summed over these, in nats.
Variable masked_loss(const MaskedLanguageModel& model, Pass& pass, const Batch& batch,
                     float label_smoothing = 0);

}  // namespace heed
