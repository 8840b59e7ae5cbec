#include "heed/ops/layer_norm.h"

namespace heed::ops {

Variable layer_norm(const Variable& x, const Variable& gain, const Variable& bias) {
  const Shape expected{x.size(-1)};
  require<ShapeError>(gain.shape() == expected && bias.shape() == expected, "layer_norm: input of width ",
                      x.size(-1), " meets a gain of ", gain.shape(), " and a bias of ", bias.shape());
  Pass& pass = x.pass();
  Backend& kernels = pass.kernels();
  Tensor y(x.shape());
  kernels.layer_norm(x.value(), gain.value(), bias.value(), y);
  if (!pass.recording()) return pass.constant(y);
  return pass.result(
      y,
      [&kernels, x, gain, bias](const Tensor& dy) {
        const auto room = [](const Variable& v) {
          return v.needs_gradient() ? v.gradient() : Tensor::zeros(v.shape());
        };
        kernels.layer_norm_backward(x.value(), gain.value(), dy, room(x), room(gain), room(bias));
      },
      x, gain, bias);
}

}  // namespace heed::ops
