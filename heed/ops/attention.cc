#include "heed/ops/attention.h"

#include <algorithm>

namespace heed::ops {
namespace {

void check(const Variable& q, const Variable& k, const Variable& v, const AttentionShape& shape) {
  require<ShapeError>(shape.heads > 0 && q.size(-1) % shape.heads == 0, "attention: width ", q.size(-1),
                      " does not divide into ", shape.heads, " heads");
  require<ShapeError>(shape.heads % shape.key_heads() == 0, "attention: ", shape.heads,
                      " heads do not share ", shape.key_heads(), " heads of keys evenly");
  require<ShapeError>(q.size(-1) / shape.heads * shape.key_heads() == k.size(-1) && k.shape() == v.shape(),
                      "attention: queries ", q.shape(), ", keys ", k.shape(), " and values ", v.shape(),
                      " do not fit each other");
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

/// Whether a step back comes by every row once.
bool cover(const Segments& segments, const Variable& x) {
  Index end = 0;
  for (const auto& [start, length] : segments) {
    if (start != end) return false;
    end += length;
  }
  return end == x.size(0);
}

bool all_look(const Segments& queries) {
  return std::all_of(queries.begin(), queries.end(), [](const Segment& s) { return s.length > 0; });
}

/// Where a share of the gradient goes; somewhere even if nobody asks for it.
Destination room(const Variable& x, bool every_row_once) {
  if (!every_row_once) return x.needs_gradient() ? x.gradient() : Tensor::zeros(x.shape());
  return x.needs_gradient() ? x.destination() : overwriting(Tensor(x.shape()));
}

}  // namespace

Variable attention(const Variable& q, const Variable& k, const Variable& v, const AttentionShape& shape,
                   std::string_view layer) {
  check(q, k, v, shape);
  Pass& pass = q.pass();
  Backend& backend = pass.backend();
  // Rows between the sequences would hold what the memory held: a not-a-number there would spread to weights.
  const Tensor y = shape.queries.rows() == q.size(0) ? Tensor(q.shape()) : Tensor::zeros(q.shape());
  backend.attention(q.value(), k.value(), v.value(), shape, y);
  if (pass.attention_observer()) {
    const Tensor weights({shape.queries.size(), shape.heads, shape.queries.longest(), shape.keys.longest()});
    backend.attention_weights(q.value(), k.value(), shape, weights);
    pass.attention_observer()(layer, weights);
  }
  if (!pass.recording()) return pass.constant(y);

  return pass.result(
      y,
      [&backend, q, k, v, shape, y](const Tensor& dy) {
        const bool queries = cover(shape.queries, q),
                   keys = !shape.key_rows && cover(shape.keys, k) && all_look(shape.queries);
        backend.attention_backward(q.value(), k.value(), v.value(), y, shape, dy, room(q, queries),
                                   room(k, keys), room(v, keys));
      },
      q, k, v);
}

}  // namespace heed::ops
