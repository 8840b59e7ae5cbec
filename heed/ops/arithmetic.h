#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// a + b, element by element.
Variable add(const Variable& a, const Variable& b);
/// x + dropout(sublayer): the residual connection of section 5.4. Drops only in a training pass.
Variable add_residual(const Variable& x, const Variable& sublayer, float dropout_probability);
/// dropout(x); x itself outside of training.
Variable dropout(const Variable& x, float probability);
/// a * b, element by element.
Variable multiply(const Variable& a, const Variable& b);
/// factor * x
Variable scale(const Variable& x, float factor);

}  // namespace heed::ops

namespace heed {
inline Variable operator+(const Variable& a, const Variable& b) { return ops::add(a, b); }
inline Variable operator*(const Variable& a, const Variable& b) { return ops::multiply(a, b); }
inline Variable operator*(float factor, const Variable& x) { return ops::scale(x, factor); }
}  // namespace heed
