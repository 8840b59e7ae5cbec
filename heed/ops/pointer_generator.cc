#include "heed/ops/pointer_generator.h"

#include <algorithm>

namespace heed::ops {
namespace {

void check(const PointerGenerator& operands) {
  const Index rows = operands.logits.size(0), classes = operands.logits.size(1);
  require<ShapeError>(operands.gates.shape() == Shape({rows, 1}) && operands.q.size(0) == rows &&
                          operands.queries.rows() == rows,
                      "pointer_generator: logits ", operands.logits.shape(), ", gates ",
                      operands.gates.shape(), " and queries ", operands.q.shape(), " in sequences of ",
                      operands.queries.rows(), " rows do not fit each other");
  require<ShapeError>(operands.q.size(1) == operands.k.size(1), "pointer_generator: queries ",
                      operands.q.shape(), " meet keys ", operands.k.shape());
  require<ShapeError>(operands.queries.size() == operands.keys.size(),
                      "pointer_generator: ", operands.queries.size(), " sequences of queries meet ",
                      operands.keys.size(), " of keys");
  require<ShapeError>(
      operands.key_classes.size() == operands.k.size(0) && operands.keys.extent() <= operands.k.size(0),
      "pointer_generator: ", operands.key_classes.size(), " classes of ", operands.k.size(0),
      " keys, in sequences up to row ", operands.keys.extent());
  for (Index s = 0; s < operands.keys.size(); ++s)
    require<ShapeError>(operands.queries[s].length == 0 || operands.keys[s].length > 0,
                        "pointer_generator: sequence ", s, " has nothing to point at");
  const auto wrong =
      std::ranges::find_if(operands.key_classes, [&](Index c) { return c < 0 || c >= classes; });
  if (wrong != operands.key_classes.end())
    throw ShapeError(message("pointer_generator: class ", *wrong, " of a key lies outside of the ", classes,
                             " that are known"));
}

}  // namespace

Variable pointer_generator(const Variable& logits, const Variable& gates, const Variable& queries,
                           const Segments& sequences, const PointedAt& source) {
  const PointerGenerator operands{.logits = logits.value(),
                                  .gates = gates.value(),
                                  .q = queries.value(),
                                  .k = source.keys.value(),
                                  .queries = sequences,
                                  .keys = source.segments,
                                  .key_classes = source.classes};
  check(operands);
  Pass& pass = pass_of(logits, gates, queries);
  Backend& backend = pass.backend();
  const Tensor y = backend.empty(logits.shape());
  backend.pointer_generator(operands, y);
  if (!pass.recording()) return pass.constant(y);
  const Variable keys = source.keys;
  return pass.result(
      y,
      [&backend, operands, y, logits, gates, queries, keys](const Tensor& dy) {
        const auto to = [](const Variable& x) {
          return x.needs_gradient() ? x.destination() : Destination();
        };
        backend.pointer_generator_backward(
            operands, y, dy, {.logits = to(logits), .gates = to(gates), .q = to(queries), .k = to(keys)});
      },
      logits, gates, queries, keys);
}

}  // namespace heed::ops
