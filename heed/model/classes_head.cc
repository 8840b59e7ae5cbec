#include "heed/model/classes_head.h"

#include <stdexcept>

#include "heed/ops/arithmetic.h"
#include "heed/ops/pool.h"

namespace heed {

// From zeros: all classes are as likely at first, whatever pooling makes of untrained states.
ClassesHead::ClassesHead(const ParameterScope& scope, Index width, Index classes, float dropout)
    : output_{scope.prepacked({"weight"}, scope.parameter("weight", {classes, width}, zeros())),
              scope.parameter("bias", {classes}, zeros())},  // braces: asked for in this order
      dropout_(dropout) {}

Variable ClassesHead::operator()(const Variable& x) const { return output_(ops::dropout(x, dropout_)); }

Variable pooled(const Variable& x, const Segments& sequences, Pooling pooling) {
  switch (pooling) {
    case Pooling::max:
      return ops::max_over_rows(x, sequences);
    case Pooling::mean:
      return ops::mean_over_rows(x, sequences);
    case Pooling::first:
      return ops::first_rows(x, sequences);
    case Pooling::none:
      return x;
    case Pooling::last:
      break;
  }
  throw std::logic_error("pooling last: only a recurrent network has a last state");
}

}  // namespace heed
