#include "heed/text_classifier/network/class_logits.h"

#include "heed/base/error.h"
#include "heed/ops/gather_rows.h"

namespace heed {
namespace {

/// The rows of a packed batch that lie at these places of its sequences.
std::vector<Index> rows_of(const Column& places, const Column& tokens) {
  std::vector<Index> rows = places.tokens;
  auto row = rows.begin();
  Index begin = 0;  // of the sequence
  for (std::size_t i = 0; i < tokens.lengths.size(); begin += tokens.lengths[i], ++i)
    for (Index left = places.lengths[i]; left > 0; --left, ++row) {
      require<DataError>(*row >= 0 && *row < tokens.lengths[i], "class at place ", *row, " of a sequence of ",
                         tokens.lengths[i], " tokens");
      *row += begin;
    }
  return rows;
}

}  // namespace

Variable class_logits(const Classifier& model, Pass& pass, const Batch& batch) {
  const Column& tokens = batch.columns.at(0);
  const Variable logits = model.logits(pass, TokenBatch::packed(tokens.tokens, tokens.lengths));
  if (batch.columns.size() == 2) return logits;
  return ops::gather_rows(logits, rows_of(batch.columns.at(1), tokens));
}

}  // namespace heed
