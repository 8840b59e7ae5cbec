#include "heed/autograd/pass.h"

namespace heed {

void Pass::backward(const Variable& loss, float factor) {
  require<ShapeError>(loss.value().count() == 1, "backward: a loss is one number, this has shape ",
                      loss.shape());
  if (loss.needs_gradient()) loss.gradient().data()[0] += factor;
  for (; !tape_.empty(); tape_.pop_back()) tape_.back()();
}

Dropout Pass::dropout(float probability) {
  if (!recording_ || probability <= 0) return {};
  return {probability, {seed_.seed, seed_.update}, dropouts_++};
}

}  // namespace heed
