#include "heed/checkpoint/stored_weight.h"

#include "heed/tensor/quantization.h"

namespace heed {

TensorMap stored_weight(const std::string& name, const Tensor& weight, DataType type) {
  if (type == DataType::float32) return {{name, weight}};
  const Tensor rows = weight.packed() ? weight : weight.clone();
  Tensor stored(rows.shape(), type);
  if (type == DataType::bfloat16) {
    for (Index i = 0; i < rows.count(); ++i) stored.data<BFloat16>()[i] = BFloat16(rows.data()[i]);
    return {{name, stored}};
  }
  const Index width = rows.size(-1);
  Tensor scales({rows.rows()});
  for (Index r = 0; r < rows.rows(); ++r)
    scales.data()[r] = quantize(rows.data() + r * width, width, stored.data<std::int8_t>() + r * width);
  return {{name, stored}, {scale_name(name), scales}};
}

std::string scale_name(const std::string& name) { return name + "_scale"; }

Tensor restored_weight(const Tensor& stored, const Tensor& scales) {
  if (stored.type() == DataType::float32) return stored;
  Tensor weight(stored.shape());
  if (stored.type() == DataType::bfloat16) {
    for (Index i = 0; i < weight.count(); ++i)
      weight.data()[i] = static_cast<float>(stored.data<BFloat16>()[i]);
    return weight;
  }
  const Index width = weight.size(-1);
  for (Index r = 0; r < weight.rows(); ++r) {
    const float scale = scales.data()[r];
    for (Index i = r * width; i < (r + 1) * width; ++i)
      weight.data()[i] = scale * static_cast<float>(stored.data<std::int8_t>()[i]);
  }
  return weight;
}

}  // namespace heed
