#include "heed/dialogues/response_scores.h"

#include <algorithm>

#include "heed/data/packed_rows.h"
#include "heed/ops/cross_entropy.h"
#include "heed/ops/gather_rows.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

/// What the logits of responses' tokens are made of, [targets, width].
Variable response_rows(const LanguageModel& model, Pass& pass, const Batch& batch) {
  const Column& inputs = batch.columns.at(0);
  return ops::gather_rows(model.before_projection(pass, TokenBatch::packed(inputs.tokens, inputs.lengths)),
                          packed_rows(batch.columns.at(1), inputs));
}

/// The likeliest token of each row of logits.
std::vector<Index> likeliest(Backend& backend, const Tensor& logits) {
  const Tensor values = backend.empty({logits.size(0), 1}),
               columns = backend.empty({logits.size(0), 1}, DataType::int32);
  backend.top_log_probabilities(logits, values, columns);
  const Tensor found = backend.to_host(columns);
  const auto* first = found.data<std::int32_t>();
  return {first, first + found.count()};
}

void score_batch(const LanguageModel& model, Backend& backend, const Batch& batch, ResponseScores& scores) {
  constexpr Index rows_at_once = 256;  // so many that their logits fit into little memory
  const std::vector<Index>& targets = batch.columns.at(2).tokens;
  Pass pass = Pass::inference(backend);
  const Variable rows = response_rows(model, pass, batch);
  bool right = true;
  for (Index from = 0; from < std::ssize(targets); from += rows_at_once) {
    const Index count = std::min(rows_at_once, std::ssize(targets) - from);
    const std::vector<Index> expected(targets.begin() + from, targets.begin() + from + count);
    const Variable logits = model.projection()(rows.narrow(0, from, count));
    scores.loss += static_cast<double>(backend.number(ops::cross_entropy(logits, expected).value()));
    const std::vector<Index> guesses = likeliest(backend, logits.value());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      right = right && guesses[i] == expected[i] && expected[i] != special::unk;
      if (expected[i] != special::eos) continue;
      ++scores.responses;
      scores.right += right ? 1 : 0;
      right = true;
    }
  }
  scores.tokens += std::ssize(targets);
}

}  // namespace

Variable response_loss(const LanguageModel& model, Pass& pass, const Batch& batch, float label_smoothing) {
  const Linear& projection = model.projection();
  return ops::projected_cross_entropy(response_rows(model, pass, batch),
                                      {projection.weight(), projection.bias()}, batch.columns.at(2).tokens,
                                      label_smoothing);
}

ResponseScores score_responses(const LanguageModel& model, Backend& backend, const Dataset& dialogues,
                               Index batch_tokens) {
  ResponseScores scores;
  for (const auto& numbers : plan_in_order(dialogues, batch_tokens))
    score_batch(model, backend, make_batch(dialogues, numbers), scores);
  return scores;
}

}  // namespace heed
