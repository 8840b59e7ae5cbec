#include "heed/ops/cross_entropy.h"

#include <algorithm>

namespace heed::ops {
namespace {

void check(Index rows, Index classes, std::span<const Index> targets) {
  require<ShapeError>(rows == static_cast<Index>(targets.size()), "cross_entropy: ", rows, " rows meet ",
                      targets.size(), " targets");
  const auto wrong =
      std::find_if(targets.begin(), targets.end(), [&](Index t) { return t < 0 || t >= classes; });
  if (wrong != targets.end())
    throw ShapeError(message("cross_entropy: target ", *wrong, " lies outside of the ", classes, " classes"));
}

Tensor sum_of(const Tensor& losses) {
  double sum = 0;
  for (Index r = 0; r < losses.count(); ++r) sum += static_cast<double>(losses.data()[r]);
  Tensor total({1});
  total.data()[0] = static_cast<float>(sum);
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

Variable cross_entropy(const Variable& logits, std::span<const Index> targets, float label_smoothing) {
  check(logits.size(0), logits.size(1), targets);
  Pass& pass = logits.pass();
  Backend& backend = pass.backend();
  const Tensor losses({logits.size(0)});
  // A loss is where the backward pass begins: up to a factor, its gradient is known now.
  const Tensor dlogits = pass.recording() && logits.needs_gradient() ? Tensor(logits.shape()) : Tensor();
  backend.cross_entropy(logits.value(), targets, label_smoothing, losses, dlogits);
  return pass.result(
      sum_of(losses),
      [&backend, logits = logits.without_value(), dlogits](const Tensor& dtotal) {
        leave(backend, dlogits, dtotal.data()[0], logits);
      },
      logits);
}

Variable projected_cross_entropy(const Variable& x, const Projection& to, std::span<const Index> targets,
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
    return pass.recording() && v.needs_gradient() ? Tensor(v.shape()) : Tensor();
  };
  const Tensor losses({rows}), dx = room(x), dweight = room(weight), dbias = room(bias);
  const bool learns = dx || dweight || dbias;
  const Index most = rows_at_once(rows, classes);
  const Tensor chunk({std::min(most, rows), classes});
  for (Index first = 0; first < rows; first += most) {
    const Index count = std::min(most, rows - first);
    const Tensor some = x.value().narrow(0, first, count), logits = chunk.narrow(0, 0, count);
    backend.linear(some, weight.value(), bias.value(), Activation::none, logits);
    const Tensor& dlogits = logits;  // in its place
    backend.cross_entropy(logits,
                          targets.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)),
                          label_smoothing, losses.narrow(0, first, count), learns ? dlogits : Tensor());
    if (dx) backend.linear_backward_input(dlogits, weight.value(), overwriting(dx.narrow(0, first, count)));
    const auto sum = [&](const Tensor& all) { return first == 0 ? overwriting(all) : Destination(all); };
    if (dweight || dbias) backend.linear_backward_weight(dlogits, some, sum(dweight), sum(dbias));
  }
  return pass.result(
      sum_of(losses),
      [&backend, x = x.without_value(), weight = weight.without_value(), bias = bias.without_value(), dx,
       dweight, dbias](const Tensor& dtotal) {
        leave(backend, dx, dtotal.data()[0], x);
        leave(backend, dweight, dtotal.data()[0], weight);
        leave(backend, dbias, dtotal.data()[0], bias);
      },
      x, weight, bias);
}

}  // namespace heed::ops
