#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Rotary position embedding (Su et al., 2021) of x [rows, heads * head width], which may be a window: row i
/// turns to (*positions)[i]. In place: x is the turned one from here on, for whoever reads it later. It must
/// have been made in this pass, and nobody may have read it before. Nothing is copied or kept; the backward
/// pass turns the gradient back in place. ShapeError where positions, heads or pairs do not fit.
void rotate_in_place(const Variable& x, const PositionList& positions, const Rotary& rotary);

}  // namespace heed::ops
