#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Rows of a matrix by their numbers: y[i] = x[rows[i]]. A row may be taken several times, or not at all. All
/// rows in their own order are x itself.
Variable gather_rows(const Variable& x, const IndexList& rows);

}  // namespace heed::ops
