#include "heed/decoding/ensemble_session.h"

#include <algorithm>

#include "heed/base/error.h"

namespace heed {

EnsembleSession::EnsembleSession(std::vector<std::unique_ptr<NextTokenModel>> members)
    : members_(std::move(members)) {
  require<ShapeError>(!members_.empty(), "ensemble: it has no model");
  for (const auto& member : members_)
    require<ShapeError>(member->hypotheses() == hypotheses(), "ensemble: models with ", hypotheses(), " and ",
                        member->hypotheses(), " hypotheses");
}

Index EnsembleSession::context() const {
  Index shortest = members_.front()->context();
  for (const auto& member : members_) shortest = std::min(shortest, member->context());
  return shortest;
}

Tensor EnsembleSession::next(std::span<const Index> tokens) {
  Tensor mean;
  float read = 0;
  for (const auto& member : members_) {
    const Tensor logits = member->next(tokens), normalized = backend().empty(logits.shape());
    require<ShapeError>(!mean || mean.shape() == logits.shape(), "ensemble: a model with scores ",
                        logits.shape(), " meets one with ", mean.shape(),
                        "; models of an ensemble have one target vocabulary");
    backend().log_softmax(logits, normalized);
    if (!mean)
      mean = normalized;
    else
      backend().average_into(normalized, 1 / (read + 1), mean);
    ++read;
  }
  return mean;
}

void EnsembleSession::keep(std::span<const Index> numbers) {
  for (const auto& member : members_) member->keep(numbers);
}

}  // namespace heed
