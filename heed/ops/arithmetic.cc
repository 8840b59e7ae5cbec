#include "heed/ops/arithmetic.h"

namespace heed::ops {
namespace {

void require_same_shape(const char* operation, const Variable& a, const Variable& b) {
  require<ShapeError>(a.shape() == b.shape(), operation, ": ", a.shape(), " meets ", b.shape());
}

Variable add_dropped(const Variable& a, const Variable& b, const Dropout& dropout) {
  require_same_shape("add", a, b);
  Pass& pass = pass_of(a, b);
  Backend& backend = pass.backend();
  const Tensor y = backend.empty(a.shape());
  backend.add(a.value(), b.value(), dropout, y);
  if (!pass.recording()) return pass.constant(y);
  return pass.result(
      y,
      [&backend, a = a.without_value(), b = b.without_value(), dropout](const Tensor& dy) {
        if (b.needs_gradient()) backend.accumulate(dy, 1, dropout, b.destination());
        if (a.needs_gradient() && !a.adopt_gradient(dy)) backend.accumulate(dy, 1, {}, a.destination());
      },
      a, b);
}

Variable scale_dropped(const Variable& x, float factor, const Dropout& dropout) {
  Backend& backend = x.pass().backend();
  const Tensor y = backend.empty(x.shape());
  backend.accumulate(x.value(), factor, dropout, overwriting(y));
  return x.pass().result(
      y,
      [&backend, x = x.without_value(), factor, dropout](const Tensor& dy) {
        backend.accumulate(dy, factor, dropout, x.destination());
      },
      x);
}

}  // namespace

Variable add(const Variable& a, const Variable& b) { return add_dropped(a, b, {}); }

Variable add_residual(const Variable& x, const Variable& sublayer, float dropout_probability) {
  return add_dropped(x, sublayer, x.pass().dropout(dropout_probability, x));
}

Variable dropout(const Variable& x, float probability) {
  const Dropout dropped = x.pass().dropout(probability, x);
  return dropped ? scale_dropped(x, 1, dropped) : x;
}

Variable multiply(const Variable& a, const Variable& b) {
  require_same_shape("multiply", a, b);
  Pass& pass = pass_of(a, b);
  Backend& backend = pass.backend();
  const Tensor y = backend.empty(a.shape());
  backend.multiply(a.value(), b.value(), y);
  return pass.result(
      y,
      [&backend, a, b](const Tensor& dy) {
        if (a.needs_gradient()) backend.accumulate_product(dy, b.value(), a.destination());
        if (b.needs_gradient()) backend.accumulate_product(dy, a.value(), b.destination());
      },
      a, b);
}

Variable scale(const Variable& x, float factor) { return scale_dropped(x, factor, {}); }

}  // namespace heed::ops
