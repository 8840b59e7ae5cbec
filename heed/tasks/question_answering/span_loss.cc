#include "heed/tasks/question_answering/span_loss.h"

#include "heed/ops/arithmetic.h"
#include "heed/ops/cross_entropy.h"

namespace heed {
namespace {

/// Multiplied by it, the logits of a window [tokens, 2] are transposed to rows of start and end, [2, tokens].
Variable identity_matrix(Pass& pass) {
  const Tensor identity = Tensor({2, 2});
  std::fill_n(identity.data(), 4, 0.0f);
  identity.data()[0] = identity.data()[3] = 1;
  return pass.constant(pass.backend().from_host(identity));
}

}  // namespace

Variable span_loss(const Classifier& model, Pass& pass, const Batch& batch, float label_smoothing) {
  const Column &tokens = batch.columns.at(0), &answers = batch.columns.at(2);
  const Segments windows = Segments::packed(tokens.lengths);
  const Variable logits = model.logits(pass, {tokens.tokens, windows, batch.columns.at(1).tokens});
  const Variable identity = identity_matrix(pass);
  Variable loss;
  for (Index w = 0; w < windows.size(); ++w) {
    const auto& [start, length] = windows[w];
    const auto at = answers.tokens.begin() + 2 * w;
    const Variable of_window =
        ops::projected_cross_entropy(identity, {logits.narrow(0, start, length), {}},
                                     IndexList(std::vector<Index>(at, at + 2)), label_smoothing);
    loss = loss ? loss + of_window : of_window;
  }
  return 0.5f * loss;
}

}  // namespace heed
