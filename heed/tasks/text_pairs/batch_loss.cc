#include "heed/tasks/text_pairs/batch_loss.h"

#include <algorithm>
#include <utility>

#include "heed/ops/cross_entropy.h"
#include "heed/text/tokenizer.h"

namespace heed {

TokenBatch tokens_of(const Column& column) { return TokenBatch::packed(column.tokens, column.lengths); }

TokenBatch decoder_inputs(const Column& targets) {
  std::vector<Index> inputs(targets.tokens.size());
  auto input = inputs.begin();
  auto target = targets.tokens.begin();
  for (const Index length : targets.lengths) {
    if (length == 0) continue;
    *input = special::bos;
    std::copy(target, target + length - 1, input + 1);
    input += length, target += length;
  }
  return TokenBatch::packed(std::move(inputs), targets.lengths);
}

Variable batch_loss(const EncoderDecoder& model, Pass& pass, const Batch& batch, float label_smoothing) {
  const Column& targets = batch.columns.at(1);
  if (model.copies())
    return ops::cross_entropy(model(pass, tokens_of(batch.columns.at(0)), decoder_inputs(targets)),
                              targets.tokens, label_smoothing);
  const Variable decoded =
      model.before_projection(pass, tokens_of(batch.columns.at(0)), decoder_inputs(targets));
  const Linear& projection = model.projection();
  return ops::projected_cross_entropy(decoded, {projection.weight(), projection.bias()}, targets.tokens,
                                      label_smoothing);
}

}  // namespace heed
