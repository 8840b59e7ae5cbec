#include "heed/ops/linear.h"

#include "heed/ops/activate.h"

namespace heed::ops {

Variable linear(const Variable& x, const Variable& weight, const Variable& bias, Activation activation) {
  require<ShapeError>(x.size(-1) == weight.size(1), "linear: input of width ", x.size(-1),
                      " meets a weight of width ", weight.size(1));
  require<ShapeError>(!bias || bias.shape() == Shape{weight.size(0)}, "linear: bias of shape ", bias.shape(),
                      " meets a weight with ", weight.size(0), " outputs");
  Pass& pass = x.pass();
  // The way back through GELU and SiLU needs what they were given, through ReLU only what it gave.
  if (pass.recording() && (activation == Activation::gelu || activation == Activation::silu))
    return activate(linear(x, weight, bias), activation);

  Backend& kernels = pass.kernels();
  Tensor y({x.value().rows(), weight.size(0)});
  kernels.linear(x.value(), weight.value(), bias.value(), activation, y);
  if (!pass.recording()) return pass.constant(y);

  return pass.result(
      y,
      [&kernels, x, weight, bias, activation, y](const Tensor& dy) {
        Tensor dz = dy;
        if (activation == Activation::relu) {
          dz = Tensor::zeros(y.shape());
          kernels.relu_backward(y, dy, dz);
        }
        if (x.needs_gradient()) kernels.linear_backward_input(dz, weight.value(), x.gradient());
        if (weight.needs_gradient() || bias.needs_gradient())
          kernels.linear_backward_weight(dz, x.value(),
                                         weight.needs_gradient() ? weight.gradient() : Tensor(),
                                         bias.needs_gradient() ? bias.gradient() : Tensor());
      },
      x, weight, bias);
}

}  // namespace heed::ops
