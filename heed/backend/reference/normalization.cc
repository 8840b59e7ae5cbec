#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

namespace {

/// (x - mean) * scale is normal.
struct Moments {
  float mean, scale;
};

Moments moments(const float* x, Index n, const Normalization& norm) {
  float mean = 0, variance = 0;
  if (norm.kind == NormKind::layer) {
    for (Index i = 0; i < n; ++i) mean += x[i];
    mean /= static_cast<float>(n);
  }
  for (Index i = 0; i < n; ++i) variance += (x[i] - mean) * (x[i] - mean);
  variance /= static_cast<float>(n);
  return {mean, 1 / std::sqrt(variance + norm.epsilon)};
}

}  // namespace

void ReferenceBackend::normalize(const Tensor& x, const Normalization& norm, const Tensor& y) {
  const Index n = x.size(-1);
  for (Index r = 0; r < x.rows(); ++r) {
    const auto [mean, scale] = moments(row(x, r), n, norm);
    for (Index i = 0; i < n; ++i)
      row(y, r)[i] =
          (row(x, r)[i] - mean) * scale * norm.gain.data()[i] + (norm.bias ? norm.bias.data()[i] : 0);
  }
}

void ReferenceBackend::normalize_backward(const Tensor& x, const Normalization& norm, const Tensor& dy,
                                          const Destination& dx, const Destination& dgain,
                                          const Destination& dbias) {
  start(dgain);
  start(dbias);
  const Index n = x.size(-1);
  const float* gain = norm.gain.data();
  for (Index r = 0; r < x.rows(); ++r) {
    const float *in = row(x, r), *dout = row(dy, r);
    const auto [mean, scale] = moments(in, n, norm);
    float sum = 0, sum_along = 0;
    for (Index i = 0; i < n; ++i) {
      const float normal = (in[i] - mean) * scale, slope = gain[i] * dout[i];
      if (norm.kind == NormKind::layer) sum += slope;  // through the mean, which rms does not take
      sum_along += slope * normal;
      dgain.tensor.data()[i] += dout[i] * normal;
      if (dbias) dbias.tensor.data()[i] += dout[i];
    }
    for (Index i = 0; i < n; ++i) {
      const float normal = (in[i] - mean) * scale;
      leave(dx, r, i, scale * (gain[i] * dout[i] - (sum + normal * sum_along) / static_cast<float>(n)));
    }
  }
}

void ReferenceBackend::add_normalize(const Tensor& a, const Tensor& b, const Dropout& dropout,
                                     const Normalization& norm, const Tensor& sum, const Tensor& y) {
  ReferenceBackend::add(a, b, dropout, sum);
  ReferenceBackend::normalize(sum, norm, y);
}

void ReferenceBackend::add_normalize_backward(const Tensor& sum, const Normalization& norm, const Tensor& dy,
                                              const Dropout& dropout, const Destination& db,
                                              const Destination& dgain, const Destination& dbias) {
  ReferenceBackend::normalize_backward(sum, norm, dy, overwriting(dy), dgain, dbias);
  ReferenceBackend::accumulate(dy, 1, dropout, db);
}

}  // namespace heed
