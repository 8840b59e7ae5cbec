#include "heed/tasks/text_generation/language_model_loss.h"

#include "heed/ops/cross_entropy.h"

namespace heed {

Variable language_model_loss(const LanguageModel& model, Pass& pass, const Column& inputs,
                             const Column& targets, float label_smoothing) {
  const Variable decoded = model.before_projection(pass, TokenBatch::packed(inputs.tokens, inputs.lengths));
  const Linear& projection = model.projection();
  return ops::projected_cross_entropy(decoded, {projection.weight(), projection.bias()}, targets.tokens,
                                      label_smoothing);
}

}  // namespace heed
