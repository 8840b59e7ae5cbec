#pragma once
#include "heed/model/pooling.h"
#include "heed/nn/linear.h"

namespace heed {

/// The head of a classifier: dropout and a linear layer, [rows, width] to [rows, classes].
class ClassesHead {
 public:
  /// `scope` is the head's own; it has `weight` and `bias`.
  ClassesHead(const ParameterScope& scope, Index width, Index classes, float dropout);

  Variable operator()(const Variable& x) const;

 private:
  Linear output_;
  float dropout_;
};

/// The rows of each sequence as one, or the rows themselves for Pooling::none. Pooling::last is up to the
/// network that knows which state is its last.
Variable pooled(const Variable& x, const Segments& sequences, Pooling pooling);

}  // namespace heed
