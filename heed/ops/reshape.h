#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// The same elements in rows of another width: packed [rows, a] gives [rows * a / width, width], in their
/// order. The rows of the result have no names. ShapeError if they do not come out even.
Variable reshape(const Variable& x, Index width);

}  // namespace heed::ops
