#include <algorithm>
#include <numeric>
#include <vector>

#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

namespace {

/// log(sum of exp(x)), safe for large x; in double, as thousands of small terms meet a large sum.
float log_sum(const float* x, Index n) {
  const float largest = *std::max_element(x, x + n);
  double sum = 0;
  for (Index i = 0; i < n; ++i) sum += std::exp(x[i] - largest);
  return largest + static_cast<float>(std::log(sum));
}

}  // namespace

void ReferenceBackend::softmax(const Tensor& x, const Tensor& y) {
  for (Index r = 0; r < x.rows(); ++r) {
    const float normalizer = log_sum(row(x, r), x.size(-1));
    for (Index c = 0; c < x.size(-1); ++c) row(y, r)[c] = std::exp(row(x, r)[c] - normalizer);
  }
}

void ReferenceBackend::softmax_backward(const Tensor& y, const Tensor& dy, const Destination& dx) {
  for (Index r = 0; r < y.rows(); ++r) {
    const float expected = dot(row(y, r), row(dy, r), y.size(-1));
    for (Index c = 0; c < y.size(-1); ++c) leave(dx, r, c, row(y, r)[c] * (row(dy, r)[c] - expected));
  }
}

void ReferenceBackend::log_softmax(const Tensor& x, const Tensor& y) {
  for (Index r = 0; r < x.rows(); ++r) {
    const float normalizer = log_sum(row(x, r), x.size(-1));
    for (Index c = 0; c < x.size(-1); ++c) row(y, r)[c] = row(x, r)[c] - normalizer;
  }
}

void ReferenceBackend::cross_entropy(const Tensor& logits, const IndexList& targets, float smoothing,
                                     const Tensor& losses, const Tensor& dlogits) {
  const Index classes = logits.size(1);
  for (Index r = 0; r < logits.rows(); ++r) {
    const float* x = row(logits, r);
    const Index target = targets[r];
    const float normalizer = log_sum(x, classes);
    const auto mean = static_cast<float>(std::accumulate(x, x + classes, 0.0) / static_cast<double>(classes));
    losses.data()[r] = normalizer - (1 - smoothing) * x[target] - smoothing * mean;
    for (Index c = 0; dlogits && c < classes; ++c) {
      const float wanted = smoothing / static_cast<float>(classes) + (c == target ? 1 - smoothing : 0.0f);
      row(dlogits, r)[c] = std::exp(x[c] - normalizer) - wanted;
    }
  }
}

void ReferenceBackend::top_log_probabilities(const Tensor& logits, const Tensor& values,
                                             const Tensor& columns) {
  const Index k = values.size(1);
  std::vector<std::int32_t> order(static_cast<std::size_t>(logits.size(1)));
  for (Index r = 0; r < logits.rows(); ++r) {
    const float* x = row(logits, r);
    std::iota(order.begin(), order.end(), 0);
    std::partial_sort(order.begin(), order.begin() + k, order.end(),
                      [x](std::int32_t a, std::int32_t b) { return x[a] > x[b] || (x[a] == x[b] && a < b); });
    const float normalizer = log_sum(x, logits.size(1));
    for (Index i = 0; i < k; ++i) {
      const std::int32_t column = order[static_cast<std::size_t>(i)];
      columns.data<std::int32_t>()[r * k + i] = column;
      values.data()[r * k + i] = x[column] - normalizer;
    }
  }
}

void ReferenceBackend::linear_top_log_probabilities(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                                    const Tensor& values, const Tensor& columns) {
  const Tensor logits({x.rows(), weight.size(0)});
  linear(x, weight, bias, Activation::none, logits);
  top_log_probabilities(logits, values, columns);
}

}  // namespace heed
