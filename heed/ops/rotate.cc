#include "heed/ops/rotate.h"

namespace heed::ops {

void rotate_in_place(const Variable& x, const PositionList& positions, const Rotary& rotary) {
  require<ShapeError>(positions && std::ssize(*positions) == x.size(0), "rotate: ", x.size(0), " rows meet ",
                      positions ? positions->size() : 0, " positions");
  require<ShapeError>(rotary.heads > 0 && x.size(1) % rotary.heads == 0, "rotate: width ", x.size(1),
                      " does not divide into ", rotary.heads, " heads");
  require<ShapeError>(2 * std::ssize(*rotary.rates) <= x.size(1) / rotary.heads,
                      "rotate: ", rotary.rates->size(), " pairs do not fit into heads of width ",
                      x.size(1) / rotary.heads);
  Pass& pass = x.pass();
  Backend& backend = pass.backend();
  backend.rotate(x.value(), *positions, rotary, Backend::Direction::forward);
  if (!pass.recording() || !x.needs_gradient()) return;
  pass.step([&backend, x = x.without_value(), positions, rotary] {
    if (x.has_gradient()) backend.rotate(x.gradient(), *positions, rotary, Backend::Direction::backward);
  });
}

}  // namespace heed::ops
