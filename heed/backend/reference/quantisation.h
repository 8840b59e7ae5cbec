#pragma once
#include <cstdint>

#include "heed/tensor/quantisation.h"
#include "heed/tensor/tensor.h"

namespace heed::reference {

inline std::int32_t dot(const std::int8_t* a, const std::int8_t* b, Index n) {
  std::int32_t sum = 0;
  for (Index i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

/// A prepared weight of int8: a scale for each row, then the rows.
struct QuantisedRows {
  float* scales;
  std::int8_t* numbers;
  Index width;
  std::int8_t* row(Index r) const { return numbers + r * width; }
};

inline QuantisedRows quantised_rows(const Tensor& prepared) {
  auto* scales = reinterpret_cast<float*>(prepared.prepared_data());
  return {scales, reinterpret_cast<std::int8_t*>(scales + prepared.size(0)), prepared.size(1)};
}

inline Tensor quantised(const Tensor& weight) {
  const Index out = weight.size(0), in = weight.size(1);
  const Tensor result =
      Tensor::prepared(Storage::pooled(static_cast<std::size_t>(out * (in + Index{sizeof(float)}))),
                       weight.shape(), DataType::int8);
  const QuantisedRows rows = quantised_rows(result);
  for (Index o = 0; o < out; ++o)
    rows.scales[o] = quantise(weight.data() + o * weight.stride(0), in, rows.row(o));
  return result;
}

/// A prepared weight of another type: its rows, rounded.
inline Tensor as_rows(const Tensor& prepared) {
  const auto bytes = static_cast<std::size_t>(prepared.count()) * sizeof(float);
  return Tensor(Storage::borrowed(prepared.prepared_data(), bytes, nullptr), prepared.shape(),
                DataType::float32);
}

}  // namespace heed::reference
