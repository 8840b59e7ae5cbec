#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

// Every sequence becomes one row: x [rows, width] gives [sequences, width]. A sequence has a row at least.

/// Each column's largest element. Of equals the first is taken, which alone gets the gradient.
Variable max_over_rows(const Variable& x, const Segments& sequences);

/// The first row of each, as it is.
Variable first_rows(const Variable& x, const Segments& sequences);

/// Each column's mean.
Variable mean_over_rows(const Variable& x, const Segments& sequences);

}  // namespace heed::ops
