#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Rows of a matrix by their numbers: y[i] = x[rows[i]]. A row may be taken several times, or not at all. All
/// rows in their own order are x itself. The rows of the result have no names (Variable::row_names): whoever
/// puts rows back in their places names them again.
Variable gather_rows(const Variable& x, const IndexList& rows);

}  // namespace heed::ops
