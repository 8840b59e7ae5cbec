#include "heed/backend/reference/activation.h"
#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

void ReferenceBackend::linear(const Tensor& x, const Tensor& weight, const Tensor& bias,
                              Activation activation, const Tensor& y) {
  const Index in = weight.size(1), out = weight.size(0);
  for (Index r = 0; r < x.rows(); ++r)
    for (Index o = 0; o < out; ++o) {
      const float sum = dot(row(x, r), row(weight, o), in) + (bias ? bias.data()[o] : 0);
      row(y, r)[o] = activated(activation, sum);
    }
}

void ReferenceBackend::linear_backward_input(const Tensor& dy, const Tensor& weight, const Tensor& dx) {
  const Index in = weight.size(1), out = weight.size(0);
  for (Index r = 0; r < dy.rows(); ++r)
    for (Index o = 0; o < out; ++o) add_scaled(row(dx, r), row(dy, r)[o], row(weight, o), in);
}

void ReferenceBackend::linear_backward_weight(const Tensor& dy, const Tensor& x, const Tensor& dweight,
                                              const Tensor& dbias) {
  const Index in = x.size(1), out = dy.size(1);
  for (Index r = 0; r < dy.rows(); ++r) {
    if (dweight)
      for (Index o = 0; o < out; ++o) add_scaled(row(dweight, o), row(dy, r)[o], row(x, r), in);
    if (dbias) add_scaled(dbias.data(), 1, row(dy, r), out);
  }
}

}  // namespace heed
