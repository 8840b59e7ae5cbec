#include "heed/ops/layer_norm.h"

namespace heed::ops {

namespace {

void check(const Variable& x, const Variable& gain, const Variable& bias) {
  const Shape expected{x.size(-1)};
  require<ShapeError>(gain.shape() == expected && bias.shape() == expected, "layer_norm: input of width ",
                      x.size(-1), " meets a gain of ", gain.shape(), " and a bias of ", bias.shape());
}

/// Where a share of the gradient goes; somewhere even if nobody asks for it.
Destination room(Backend& backend, const Variable& x) {
  return x.needs_gradient() ? x.destination() : overwriting(backend.empty(x.shape()));
}

}  // namespace

Variable layer_norm(const Variable& x, const Variable& gain, const Variable& bias) {
  check(x, gain, bias);
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  const Tensor y = backend.empty(x.shape());
  backend.layer_norm(x.value(), gain.value(), bias.value(), y);
  if (!pass.recording()) return pass.constant(y);
  return pass.result(
      y,
      [&backend, x, gain, bias = bias.without_value()](const Tensor& dy) {
        backend.layer_norm_backward(x.value(), gain.value(), dy, room(backend, x), room(backend, gain),
                                    room(backend, bias));
      },
      x, gain, bias);
}

Variable add_layer_norm(const Variable& x, const Variable& sublayer, const Norm& norm,
                        float dropout_probability) {
  const auto& [gain, bias] = norm;
  require<ShapeError>(x.shape() == sublayer.shape(), "add_layer_norm: ", x.shape(), " meets ",
                      sublayer.shape());
  check(x, gain, bias);
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  const Dropout dropout = pass.dropout(dropout_probability, x);
  const Tensor sum = backend.empty(x.shape()), y = backend.empty(x.shape());
  backend.add_layer_norm(x.value(), sublayer.value(), dropout, gain.value(), bias.value(), sum, y);
  return pass.result(
      y,
      [&backend, x = x.without_value(), sublayer = sublayer.without_value(), sum, dropout, gain = gain,
       bias = bias.without_value()](const Tensor& dy) {
        backend.add_layer_norm_backward(sum, gain.value(), dy, dropout, room(backend, sublayer),
                                        room(backend, gain), room(backend, bias));
        if (x.needs_gradient() && !x.adopt_gradient(dy)) backend.accumulate(dy, 1, {}, x.destination());
      },
      x, sublayer, gain, bias);
}

}  // namespace heed::ops
