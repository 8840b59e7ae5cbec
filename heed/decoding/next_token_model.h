#pragma once
#include <span>

#include "heed/backend/backend.h"

namespace heed {

/// All that search sees of a model: hypotheses that grow by a token a step. A fresh one has a hypothesis for
/// each sentence, with no token yet.
class NextTokenModel {
 public:
  virtual ~NextTokenModel() = default;
  virtual Backend& kernels() const = 0;
  virtual Index hypotheses() const = 0;
  /// Appends a token to every hypothesis: logits for the token after it, [hypotheses, vocabulary].
  virtual Tensor next(std::span<const Index> tokens) = 0;
  /// Goes on with the hypotheses of these numbers, in this order; one may be named several times, others are
  /// dropped.
  virtual void keep(std::span<const Index> numbers) = 0;
};

}  // namespace heed
