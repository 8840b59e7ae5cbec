#include "heed/nn/recurrent_layer.h"

#include "heed/ops/concat.h"

namespace heed {

Variable BidirectionalLayer::operator()(const Variable& x, const Segments& sequences) const {
  return ops::concat(
      {forwards_(x, sequences).hidden, backwards_(x, sequences, ops::Direction::backwards).hidden});
}

}  // namespace heed
