#pragma once
#include <cstdint>

#include "heed/tensor/quantization.h"
#include "heed/tensor/tensor.h"

namespace heed::reference {

inline std::int32_t dot(const std::int8_t* a, const std::int8_t* b, Index n) {
  std::int32_t sum = 0;
  for (Index i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

/// A prepared weight of int8: a scale for each row, then the rows.
struct QuantizedRows {
  float* scales;
  std::int8_t* numbers;
  Index width;
  std::int8_t* row(Index r) const { return numbers + r * width; }
};

inline QuantizedRows quantized_rows(const Tensor& prepacked) {
  auto* scales = reinterpret_cast<float*>(prepacked.prepacked_data());
  return {scales, reinterpret_cast<std::int8_t*>(scales + prepacked.size(0)), prepacked.size(1)};
}

inline Tensor quantized(const Tensor& weight) {
  const Index out = weight.size(0), in = weight.size(1);
  const Tensor result =
      Tensor::prepacked(Storage::pooled(static_cast<std::size_t>(out * (in + Index{sizeof(float)}))),
                        weight.shape(), DataType::int8);
  const QuantizedRows rows = quantized_rows(result);
  for (Index o = 0; o < out; ++o)
    rows.scales[o] = quantize(weight.data() + o * weight.stride(0), in, rows.row(o));
  return result;
}

/// A prepared weight of another type: its rows, rounded.
inline Tensor as_rows(const Tensor& prepacked) {
  const auto bytes = static_cast<std::size_t>(prepacked.count()) * sizeof(float);
  return Tensor(Storage::borrowed(prepacked.prepacked_data(), bytes, nullptr), prepacked.shape(),
                DataType::float32);
}

}  // namespace heed::reference
