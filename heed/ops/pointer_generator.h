#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// What a pointer-generator points at.
struct PointedAt {
  Variable keys;      // [key rows, width]
  Segments segments;  // of the keys, one for each sequence of queries
  IndexList classes;  // of each key row
};

/// Log-probabilities [query rows, classes] of a distribution that generates by `logits` and copies the
/// classes of the keys that each query attends to, in shares that `gates` [query rows, 1] decide:
/// sigmoid(gate) generates (See et al., 2017, "Get To The Point", section 2.2, eq. 9). `queries` [query rows,
/// width] lie as `sequences` says, without gaps.
Variable pointer_generator(const Variable& logits, const Variable& gates, const Variable& queries,
                           const Segments& sequences, const PointedAt& source);

}  // namespace heed::ops
