#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

namespace {

struct Moments {
  float mean, scale;
};

Moments moments(const float* x, Index n) {
  float mean = 0, variance = 0;
  for (Index i = 0; i < n; ++i) mean += x[i];
  mean /= static_cast<float>(n);
  for (Index i = 0; i < n; ++i) variance += (x[i] - mean) * (x[i] - mean);
  variance /= static_cast<float>(n);
  return {mean, 1 / std::sqrt(variance + Backend::layer_norm_epsilon)};
}

}  // namespace

void ReferenceBackend::layer_norm(const Tensor& x, const Tensor& gain, const Tensor& bias, const Tensor& y) {
  const Index n = x.size(-1);
  for (Index r = 0; r < x.rows(); ++r) {
    const auto [mean, scale] = moments(row(x, r), n);
    for (Index i = 0; i < n; ++i)
      row(y, r)[i] = (row(x, r)[i] - mean) * scale * gain.data()[i] + bias.data()[i];
  }
}

void ReferenceBackend::layer_norm_backward(const Tensor& x, const Tensor& gain, const Tensor& dy,
                                           const Destination& dx, const Destination& dgain,
                                           const Destination& dbias) {
  start(dgain);
  start(dbias);
  const Index n = x.size(-1);
  for (Index r = 0; r < x.rows(); ++r) {
    const float *in = row(x, r), *dout = row(dy, r);
    const auto [mean, scale] = moments(in, n);
    float sum = 0, sum_along = 0;
    for (Index i = 0; i < n; ++i) {
      const float normal = (in[i] - mean) * scale, slope = gain.data()[i] * dout[i];
      sum += slope;
      sum_along += slope * normal;
      dgain.tensor.data()[i] += dout[i] * normal;
      dbias.tensor.data()[i] += dout[i];
    }
    for (Index i = 0; i < n; ++i) {
      const float normal = (in[i] - mean) * scale;
      leave(dx, r, i,
            scale * (gain.data()[i] * dout[i] - (sum + normal * sum_along) / static_cast<float>(n)));
    }
  }
}

void ReferenceBackend::add_layer_norm(const Tensor& a, const Tensor& b, const Dropout& dropout,
                                      const Tensor& gain, const Tensor& bias, const Tensor& sum,
                                      const Tensor& y) {
  ReferenceBackend::add(a, b, dropout, sum);
  ReferenceBackend::layer_norm(sum, gain, bias, y);
}

void ReferenceBackend::add_layer_norm_backward(const Tensor& sum, const Tensor& gain, const Tensor& dy,
                                               const Dropout& dropout, const Destination& db,
                                               const Destination& dgain, const Destination& dbias) {
  ReferenceBackend::layer_norm_backward(sum, gain, dy, overwriting(dy), dgain, dbias);
  ReferenceBackend::accumulate(dy, 1, dropout, db);
}

}  // namespace heed
