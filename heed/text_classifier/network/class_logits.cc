#include "heed/text_classifier/network/class_logits.h"

#include "heed/data/packed_rows.h"
#include "heed/ops/gather_rows.h"

namespace heed {
Variable class_logits(const Classifier& model, Pass& pass, const Batch& batch) {
  const Column& tokens = batch.columns.at(0);
  const Variable logits = model.logits(pass, TokenBatch::packed(tokens.tokens, tokens.lengths));
  if (batch.columns.size() == 2) return logits;
  return ops::gather_rows(logits, packed_rows(batch.columns.at(1), tokens));
}

}  // namespace heed
