#include "heed/ops/cross_entropy.h"

#include <algorithm>

namespace heed::ops {
namespace {

void check(Index rows, Index classes, const IndexList& targets) {
  require<ShapeError>(rows == targets.size(), "cross_entropy: ", rows, " rows meet ", targets.size(),
                      " targets");
  const auto wrong =
      std::find_if(targets.begin(), targets.end(), [&](Index t) { return t < 0 || t >= classes; });
  if (wrong != targets.end())
    throw ShapeError(message("cross_entropy: target ", *wrong, " lies outside of the ", classes, " classes"));
}

Tensor sum_of(Backend& backend, const Tensor& losses) {
  const Tensor total = backend.empty({1});
  backend.sum(losses, total);
  return total;
}

/// A gradient that was made for a loss whose own is 1.
void leave(Backend& backend, const Tensor& gradient, float factor, const Variable& x) {
  if (!x.needs_gradient() || (factor == 1 && x.adopt_gradient(gradient))) return;
  backend.accumulate(gradient, factor, {}, x.destination());
}

/// Rows of logits that are made, turned into gradients and used while the third-level cache holds them; in
/// whole tiles of products.
Index rows_at_once(Index rows, Index classes) {
  constexpr Index floats = 4 << 20, tile = 96;
  const Index fitting = std::max<Index>(floats / classes, 1), chunks = (rows + fitting - 1) / fitting;
  const Index even = (rows + chunks - 1) / std::max<Index>(chunks, 1);
  return (even + tile - 1) / tile * tile;
}

}  // namespace

Variable cross_entropy(const Variable& logits, const IndexList& targets, float label_smoothing) {
  check(logits.size(0), logits.size(1), targets);
  Pass& pass = logits.pass();
  Backend& backend = pass.backend();
  const Tensor losses = backend.empty({logits.size(0)});
  // A loss is where the backward pass begins: up to a factor, its gradient is known now.
  const Tensor dlogits =
      pass.recording() && logits.needs_gradient() ? backend.empty(logits.shape()) : Tensor();
  backend.cross_entropy(logits.value(), targets, label_smoothing, losses, dlogits);
  return pass.result(
      sum_of(backend, losses),
      [&pass, logits = logits.without_value(), dlogits](const Tensor& dtotal) {
        leave(pass.backend(), dlogits, pass.gradient_of_loss(dtotal), logits);
      },
      logits);
}

Variable projected_cross_entropy(const Variable& x, const Projection& to, const IndexList& targets,
                                 float label_smoothing) {
  const auto& [weight, bias] = to;
  const Index rows = x.size(0), classes = weight.size(0);
  check(rows, classes, targets);
  require<ShapeError>(x.size(1) == weight.size(1), "projected_cross_entropy: input of width ", x.size(1),
                      " meets a weight of width ", weight.size(1));
  require<ShapeError>(!bias || bias.shape() == Shape{classes}, "projected_cross_entropy: bias of shape ",
                      bias.shape(), " meets a weight with ", classes, " outputs");
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  const auto room = [&](const Variable& v) {
    return pass.recording() && v.needs_gradient() ? backend.empty(v.shape()) : Tensor();
  };
  const Tensor losses = backend.empty({rows}), dx = room(x), dweight = room(weight), dbias = room(bias);
  const bool learns = dx || dweight || dbias;
  const Index most = rows_at_once(rows, classes);
  const Tensor chunk = backend.empty({std::min(most, rows), classes});
  for (Index first = 0; first < rows; first += most) {
    const Index count = std::min(most, rows - first);
    const Tensor some = x.value().narrow(0, first, count), logits = chunk.narrow(0, 0, count);
    backend.linear(some, weight.value(), bias.value(), Activation::none, logits);
    const Tensor& dlogits = logits;  // in its place
    backend.cross_entropy(logits, targets.part(first, count), label_smoothing, losses.narrow(0, first, count),
                          learns ? dlogits : Tensor());
    if (dx) backend.linear_backward_input(dlogits, weight.value(), overwriting(dx.narrow(0, first, count)));
    const auto sum = [&](const Tensor& all) { return first == 0 ? overwriting(all) : Destination(all); };
    if (dweight || dbias) backend.linear_backward_weight(dlogits, some, sum(dweight), sum(dbias));
  }
  return pass.result(
      sum_of(backend, losses),
      [&pass, &backend, x = x.without_value(), weight = weight.without_value(), bias = bias.without_value(),
       dx, dweight, dbias](const Tensor& dtotal) {
        const float factor = pass.gradient_of_loss(dtotal);
        leave(backend, dx, factor, x);
        leave(backend, dweight, factor, weight);
        leave(backend, dbias, factor, bias);
      },
      x, weight, bias);
}

}  // namespace heed::ops
