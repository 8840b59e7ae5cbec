#include "heed/tasks/fill_mask/masked_loss.h"

#include "heed/data/packed_rows.h"
#include "heed/ops/cross_entropy.h"

namespace heed {

Variable masked_rows(const MaskedLanguageModel& model, Pass& pass, const Batch& batch) {
  const Column& tokens = batch.columns.at(0);
  return model.before_projection(pass, TokenBatch::packed(tokens.tokens, tokens.lengths),
                                 packed_rows(batch.columns.at(1), tokens));
}

Variable masked_loss(const MaskedLanguageModel& model, Pass& pass, const Batch& batch,
                     float label_smoothing) {
  const Linear& projection = model.projection();
  return ops::projected_cross_entropy(masked_rows(model, pass, batch),
                                      {projection.weight(), projection.bias()}, batch.columns.at(2).tokens,
                                      label_smoothing);
}

}  // namespace heed
