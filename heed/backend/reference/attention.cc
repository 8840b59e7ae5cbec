#include <vector>

#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

namespace {

/// One query of one head: where its data lies and which keys it may see.
struct Query {
  Index sequence, position;       // position within the sequence
  Index row, first_key, visible;  // keys first_key to first_key + visible - 1
  const RowList& key_rows;
  Index head, column, key_column, head_size;  // head_size columns of queries and of keys, from these on
  float scale;

  /// The head's columns of a key or value.
  float* at(const Tensor& x, Index key) const {
    const Index i = first_key + key;
    return reference::row(x, key_rows ? (*key_rows)[static_cast<std::size_t>(i)] : i) + key_column;
  }
};

template <class Visit>
void for_each_query(const Tensor& q, const AttentionShape& shape, Visit visit) {
  const Index head_size = q.size(1) / shape.heads, share = shape.heads / shape.key_heads();
  const float scale = 1 / std::sqrt(static_cast<float>(head_size));
  for (Index sequence = 0; sequence < shape.queries.size(); ++sequence) {
    const auto [first_query, queries] = shape.queries[sequence];
    const auto [first_key, keys] = shape.keys[sequence];
    for (Index position = 0; position < queries; ++position)
      for (Index head = 0; head < shape.heads; ++head)
        visit(Query{sequence, position, first_query + position, first_key,
                    shape.causal ? keys - queries + position + 1 : keys, shape.key_rows, head,
                    head * head_size, head / share * head_size, head_size, scale});
  }
}

std::vector<float> weights_of(const Tensor& q, const Tensor& k, const Query& query) {
  std::vector<float> weights(static_cast<std::size_t>(query.visible));
  float largest = -INFINITY, sum = 0;
  for (Index key = 0; key < query.visible; ++key) {
    float& score = weights[static_cast<std::size_t>(key)];
    score = query.scale * dot(row(q, query.row) + query.column, query.at(k, key), query.head_size);
    largest = std::max(largest, score);
  }
  for (float& weight : weights) sum += weight = std::exp(weight - largest);
  for (float& weight : weights) weight /= sum;
  return weights;
}

}  // namespace

void ReferenceBackend::attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                 const AttentionShape& shape, const Tensor& y) {
  for_each_query(q, shape, [&](const Query& query) {
    const auto weights = weights_of(q, k, query);
    float* out = row(y, query.row) + query.column;
    std::fill_n(out, query.head_size, 0.0f);
    for (Index key = 0; key < query.visible; ++key)
      add_scaled(out, weights[static_cast<std::size_t>(key)], query.at(v, key), query.head_size);
  });
}

void ReferenceBackend::attention_backward(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor&,
                                          const AttentionShape& shape, const Tensor& dy,
                                          const Destination& dq, const Destination& dk,
                                          const Destination& dv) {
  const auto start_rows = [](const Destination& sum, const Segments& segments) {
    if (sum.adds()) return;
    for (const auto& [first, length] : segments) start({sum.tensor.narrow(0, first, length), sum.mode});
  };
  start_rows(dq, shape.queries);
  start_rows(dk, shape.keys);
  start_rows(dv, shape.keys);
  for_each_query(q, shape, [&](const Query& query) {
    const auto weights = weights_of(q, k, query);
    const Index n = query.head_size;
    const float* dout = row(dy, query.row) + query.column;
    float expected = 0;
    for (Index key = 0; key < query.visible; ++key)
      expected += weights[static_cast<std::size_t>(key)] * dot(dout, query.at(v, key), n);
    for (Index key = 0; key < query.visible; ++key) {
      const float weight = weights[static_cast<std::size_t>(key)];
      const float dscore = query.scale * weight * (dot(dout, query.at(v, key), n) - expected);
      add_scaled(query.at(dv.tensor, key), weight, dout, n);
      add_scaled(row(dq.tensor, query.row) + query.column, dscore, query.at(k, key), n);
      add_scaled(query.at(dk.tensor, key), dscore, row(q, query.row) + query.column, n);
    }
  });
}

void ReferenceBackend::attention_weights(const Tensor& q, const Tensor& k, const AttentionShape& shape,
                                         const Tensor& weights) {
  std::fill_n(weights.data(), weights.count(), 0.0f);
  for_each_query(q, shape, [&](const Query& query) {
    const auto given = weights_of(q, k, query);
    std::copy(given.begin(), given.end(),
              weights.data() + query.sequence * weights.stride(0) + query.head * weights.stride(1) +
                  query.position * weights.stride(2));
  });
}

}  // namespace heed
