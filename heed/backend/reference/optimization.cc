#include <cmath>

#include "heed/backend/reference/reference_backend.h"

namespace heed {

void ReferenceBackend::adam(std::span<const AdamTensors> parameters, const AdamStep& step) {
  for (const auto& [parameter, gradient, mean, variance] : parameters) {
    float *p = parameter.data(), *m = mean.data(), *v = variance.data();
    for (Index i = 0; i < parameter.count(); ++i) {
      const float g = gradient.data()[i] * step.gradient_scale;
      m[i] = step.beta1 * m[i] + (1 - step.beta1) * g;
      v[i] = step.beta2 * v[i] + (1 - step.beta2) * g * g;
      const float change =
          m[i] * step.mean_correction / (std::sqrt(v[i] * step.variance_correction) + step.epsilon);
      p[i] -= step.learning_rate * (change + step.weight_decay * p[i]);
    }
  }
}

void ReferenceBackend::average_into(const Tensor& from, float weight, const Tensor& into) {
  for (Index i = 0; i < from.count(); ++i) into.data()[i] += weight * (from.data()[i] - into.data()[i]);
}

double ReferenceBackend::squared_norm(std::span<const Tensor> all) {
  double sum = 0;
  for (const Tensor& x : all)
    for (Index i = 0; i < x.count(); ++i)
      sum += static_cast<double>(x.data()[i]) * static_cast<double>(x.data()[i]);
  return sum;
}

Backend& reference_backend(DataType products) {
  static ReferenceBackend in_float32, in_bfloat16(DataType::bfloat16);
  return products == DataType::bfloat16 ? in_bfloat16 : in_float32;
}

}  // namespace heed
