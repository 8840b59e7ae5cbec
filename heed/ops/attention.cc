#include "heed/ops/attention.h"

namespace heed::ops {
namespace {

void check(const Variable& q, const Variable& k, const Variable& v, const AttentionShape& shape) {
  require<ShapeError>(shape.heads > 0 && q.size(-1) % shape.heads == 0, "attention: width ", q.size(-1),
                      " does not divide into ", shape.heads, " heads");
  require<ShapeError>(q.size(-1) == k.size(-1) && k.shape() == v.shape(), "attention: queries ", q.shape(),
                      ", keys ", k.shape(), " and values ", v.shape(), " do not fit each other");
  require<ShapeError>(shape.queries.size() == shape.keys.size(), "attention: ", shape.queries.size(),
                      " sequences of queries meet ", shape.keys.size(), " of keys");
  const Index key_rows = shape.key_rows ? std::ssize(*shape.key_rows) : k.size(0);
  require<ShapeError>(shape.queries.extent() <= q.size(0) && shape.keys.extent() <= key_rows,
                      "attention: sequences end at rows ", shape.queries.extent(), " and ",
                      shape.keys.extent(), " of ", q.size(0), " queries and ", key_rows, " keys");
  for (Index s = 0; s < shape.queries.size(); ++s) {
    const Index queries = shape.queries[s].length, keys = shape.keys[s].length;
    require<ShapeError>(queries == 0 || (keys > 0 && (!shape.causal || keys >= queries)),
                        "attention: sequence ", s, " has ", queries, " queries and ", keys,
                        " keys: a query would see none");
  }
}

}  // namespace

Variable attention(const Variable& q, const Variable& k, const Variable& v, const AttentionShape& shape) {
  check(q, k, v, shape);
  Pass& pass = q.pass();
  Backend& kernels = pass.kernels();
  // Rows between the sequences would hold what the memory held: a not-a-number there would spread to weights.
  const Tensor y = shape.queries.rows() == q.size(0) ? Tensor(q.shape()) : Tensor::zeros(q.shape());
  kernels.attention(q.value(), k.value(), v.value(), shape, y);
  if (pass.attention_observer()) pass.attention_observer()(q.value(), k.value(), shape);
  if (!pass.recording()) return pass.constant(y);

  return pass.result(
      y,
      [&kernels, q, k, v, shape, y](const Tensor& dy) {
        // A constant among the three still needs somewhere for its share to go.
        const auto room = [](const Variable& x) {
          return x.needs_gradient() ? x.gradient() : Tensor::zeros(x.shape());
        };
        kernels.attention_backward(q.value(), k.value(), v.value(), y, shape, dy, room(q), room(k), room(v));
      },
      q, k, v);
}

}  // namespace heed::ops
