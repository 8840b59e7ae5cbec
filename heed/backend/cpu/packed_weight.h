#pragma once
#include <algorithm>

#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/tensor/tensor.h"

namespace heed {

/// Multiplications that are worth waking a thread for.
constexpr Index product_worth_a_thread = 200'000;

inline Index parts_of(Index total, Index unit) { return std::max<Index>(1, (total + unit - 1) / unit); }

inline cpu::Precision precision_of(DataType type) {
  switch (type) {
    case DataType::bfloat16:
      return cpu::Precision::bfloat16;
    case DataType::int8:
      return cpu::Precision::int8;
    default:
      return cpu::Precision::float32;
  }
}

/// Where the parts of a prepared weight lie in its memory: words, scales, surplus.
inline cpu::Packed packed_parts(const cpu::Kernels& kernels, cpu::Precision precision, Index out, Index in,
                                std::byte* memory) {
  const Index columns = parts_of(out, kernels.panel_columns) * kernels.panel_columns;
  auto* words = reinterpret_cast<float*>(memory);
  cpu::Packed parts{.words = words};
  if (precision == cpu::Precision::int8) {
    parts.scales = words + columns * kernels.words_of_column(precision, in);
    parts.surplus = reinterpret_cast<int*>(parts.scales + columns);
  }
  return parts;
}

inline std::size_t packed_bytes(const cpu::Kernels& kernels, cpu::Precision precision, Index out, Index in) {
  const Index columns = parts_of(out, kernels.panel_columns) * kernels.panel_columns,
              beside = precision == cpu::Precision::int8 ? 2 : 0;
  return static_cast<std::size_t>(columns * (kernels.words_of_column(precision, in) + beside)) *
         sizeof(float);
}

/// A weight [out, in] that CpuBackend::prepare has packed, as the second operand.
inline void set_packed_weight(cpu::Product& product, const cpu::Kernels& kernels, const Tensor& weight) {
  product.precision = precision_of(weight.type());
  product.panels =
      packed_parts(kernels, product.precision, weight.size(0), weight.size(1), weight.prepacked_data());
}

/// The columns of a product with a packed weight from `first` on, which begins a panel.
inline void skip_columns(cpu::Product& product, const cpu::Kernels& kernels, Index first) {
  product.panels.words = static_cast<float*>(product.panels.words) +
                         first * kernels.words_of_column(product.precision, product.k);
  if (product.panels.scales) product.panels.scales += first, product.panels.surplus += first;
  if (product.bias) product.bias += first;
}

}  // namespace heed
