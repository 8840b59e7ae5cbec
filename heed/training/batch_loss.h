#pragma once
#include "heed/data/batches.h"
#include "heed/model/sequence_model.h"

namespace heed {

/// What a decoder is given to learn targets (each with EOS): BOS and all but the end
/// mark.
std::vector<Index> decoder_inputs(const Batch& batch);

/// The cross-entropy of a batch's targets, summed over tokens, in nats.
Variable batch_loss(const SequenceModel& model, Pass& pass, const Batch& batch, float label_smoothing);

}  // namespace heed
