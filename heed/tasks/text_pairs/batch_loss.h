#pragma once
#include "heed/data/batches.h"
#include "heed/model/encoder_decoder.h"

namespace heed {

/// A column of a batch as a model takes it.
TokenBatch tokens_of(const Column& column);

/// What a decoder is given to learn targets (each with EOS): BOS and all but EOS.
TokenBatch decoder_inputs(const Column& targets);

/// The cross-entropy of a batch's targets (column 1) given its sources (column 0), summed over tokens, in
/// nats.
Variable batch_loss(const EncoderDecoder& model, Pass& pass, const Batch& batch, float label_smoothing);

}  // namespace heed
