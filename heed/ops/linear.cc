#include "heed/ops/linear.h"

#include "heed/ops/activate.h"
#include "heed/ops/arithmetic.h"

namespace heed::ops {

Variable linear(const Variable& x, const Variable& weight, const Variable& bias,
                const LinearOptions& options) {
  require<ShapeError>(x.size(-1) == weight.size(1), "linear: input of width ", x.size(-1),
                      " meets a weight of width ", weight.size(1));
  require<ShapeError>(!bias || bias.shape() == Shape{weight.size(0)}, "linear: bias of shape ", bias.shape(),
                      " meets a weight with ", weight.size(0), " outputs");
  Pass& pass = x.pass();
  // The backward pass through GELU and SiLU needs what they were given, through ReLU only what it gave,
  // dropped or not: it is the one that dropout can join.
  const bool relu = options.activation == Activation::relu;
  if (options.dropout > 0 && !relu)
    return ops::dropout(linear(x, weight, bias, {options.activation}), options.dropout);
  if (pass.recording() && options.activation != Activation::none && !relu)
    return activate(linear(x, weight, bias), options.activation);

  Backend& backend = pass.backend();
  const Tensor y = backend.empty({x.value().rows(), weight.size(0)});
  backend.linear(x.value(), weight.value(), bias.value(), options.activation, y);
  if (!pass.recording()) return pass.constant(y);
  const Dropout dropout = pass.dropout(options.dropout, x);
  if (dropout) backend.accumulate(y, 1, dropout, overwriting(y));

  return pass.result(
      y,
      [&backend, x, weight, bias = bias.without_value(), dropout, y = relu ? y : Tensor()](const Tensor& dy) {
        if (y)  // relu
          backend.relu_backward(y, dy, 1 / (1 - dropout.probability), overwriting(dy));
        if (x.needs_gradient()) backend.linear_backward_input(dy, weight.value(), x.destination());
        if (weight.needs_gradient() || bias.needs_gradient())
          backend.linear_backward_weight(dy, x.value(), weight.destination(), bias.destination());
      },
      x, weight, bias);
}

}  // namespace heed::ops
