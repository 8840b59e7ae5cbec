#include "heed/ops/normalize.h"

namespace heed::ops {

namespace {

void check(const Variable& x, const NormParameters& norm) {
  const auto& [gain, bias, kind, epsilon] = norm;
  const Shape expected{x.size(-1)};
  require<ShapeError>(gain.shape() == expected, "normalize: input of width ", x.size(-1), " meets a gain of ",
                      gain.shape());
  require<ShapeError>(!bias || bias.shape() == expected, "normalize: input of width ", x.size(-1),
                      " meets a bias of ", bias.shape());
  require<ShapeError>(!bias || kind != NormKind::rms, "normalize: rms takes no bias");
}

Normalization values_of(const NormParameters& norm) {
  return {norm.gain.value(), norm.bias.value(), norm.kind, norm.epsilon};
}
/// Without the bias, which no step back reads.
Normalization values_for_backward(const NormParameters& norm) {
  return {norm.gain.value(), {}, norm.kind, norm.epsilon};
}
NormParameters without_bias_value(NormParameters norm) {
  norm.bias = norm.bias.without_value();
  return norm;
}

/// Where a share of the gradient goes; somewhere even if nobody asks for it.
Destination room(Backend& backend, const Variable& x) {
  return x.needs_gradient() ? x.destination() : overwriting(backend.empty(x.shape()));
}
Destination room_of_bias(Backend& backend, const NormParameters& norm, bool there) {
  return there ? room(backend, norm.bias) : Destination();
}

}  // namespace

Variable normalize(const Variable& x, const NormParameters& norm) {
  check(x, norm);
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  const Tensor y = backend.empty(x.shape());
  backend.normalize(x.value(), values_of(norm), y);
  if (!pass.recording()) return pass.constant(y);
  return pass.result(
      y,
      [&backend, x, norm = without_bias_value(norm),
       biased = static_cast<bool>(norm.bias)](const Tensor& dy) {
        backend.normalize_backward(x.value(), values_for_backward(norm), dy, room(backend, x),
                                   room(backend, norm.gain), room_of_bias(backend, norm, biased));
      },
      x, norm.gain, norm.bias);
}

Variable add_normalize(const Variable& x, const Variable& sublayer, const NormParameters& norm,
                       float dropout_probability) {
  require<ShapeError>(x.shape() == sublayer.shape(), "add_normalize: ", x.shape(), " meets ",
                      sublayer.shape());
  check(x, norm);
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  const Dropout dropout = pass.dropout(dropout_probability, x);
  const Tensor sum = backend.empty(x.shape()), y = backend.empty(x.shape());
  backend.add_normalize(x.value(), sublayer.value(), dropout, values_of(norm), sum, y);
  if (!pass.recording()) return pass.constant(y);
  return pass.result(
      y,
      [&backend, x = x.without_value(), sublayer = sublayer.without_value(), sum, dropout,
       norm = without_bias_value(norm), biased = static_cast<bool>(norm.bias)](const Tensor& dy) {
        backend.add_normalize_backward(sum, values_for_backward(norm), dy, dropout, room(backend, sublayer),
                                       room(backend, norm.gain), room_of_bias(backend, norm, biased));
        if (x.needs_gradient() && !x.adopt_gradient(dy)) backend.accumulate(dy, 1, {}, x.destination());
      },
      x, sublayer, norm.gain, norm.bias);
}

}  // namespace heed::ops
