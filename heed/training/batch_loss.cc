#include "heed/training/batch_loss.h"

#include "heed/ops/cross_entropy.h"
#include "heed/text/tokenizer.h"

namespace heed {

std::vector<Index> decoder_inputs(const Batch& batch) {
  std::vector<Index> inputs(batch.target_tokens.size());
  Index row = 0;
  for (const Index length : batch.target_lengths)
    for (Index i = 0; i < length; ++i, ++row)
      inputs[static_cast<std::size_t>(row)] =
          i == 0 ? special::bos : batch.target_tokens[static_cast<std::size_t>(row - 1)];
  return inputs;
}

Variable batch_loss(const SequenceModel& model, Pass& pass, const Batch& batch, float label_smoothing) {
  const Variable decoded =
      model.before_projection(pass, batch.source_tokens, Segments::packed(batch.source_lengths),
                              decoder_inputs(batch), Segments::packed(batch.target_lengths));
  const Linear& projection = model.projection();
  return ops::projected_cross_entropy(decoded, {projection.weight(), projection.bias()}, batch.target_tokens,
                                      label_smoothing);
}

}  // namespace heed
